import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  API_PREFIX,
  AuditEntry,
  exportAuditLog,
  listAuditLog,
  type login,
  type Reply,
} from '@orion/contracts';
import { eventually } from '@orion/testing';
import { AuditRepository } from '../src/audit/audit.repository';
import { type AuthHarness, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;

/** Entries of an organization, a second apart, by one statement. */
const fill = ({ organizationId }: Signed, rows: number, more: { after?: object; userAgent?: string } = {}) =>
  auth.sql(
    `INSERT INTO audit_entry (organization_id, id, at, action, resource_kind, resource_id, actor_id, address,
                              user_agent, correlation_id, after)
     SELECT $1, gen_random_uuid(), now() - n * interval '1 second', 'auth.filled.' || n % 100, 'thing' || n % 50,
            (n % 1000)::text, CASE WHEN n % 500 = 0 THEN gen_random_uuid() END, '203.0.113.7', $3, 'correlation-' || n, $4
       FROM generate_series(1, $2::int) AS n`,
    [organizationId, rows, more.userAgent ?? 'Firefox', JSON.stringify(more.after ?? { name: 'x' })],
  );

const file = (who: Signed, query: string) =>
  fetch(`${auth.service.url}${API_PREFIX}${exportAuditLog.path}?${query}`, {
    headers: { authorization: `Bearer ${who.accessToken}` },
  });

/** The fields of a line of RFC 4180 that holds no line break. */
const fields = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, field = '']) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));

describe('an export of the audit log', () => {
  it('as NDJSON holds an entry in each line, newest first, and is itself an entry', async () => {
    const ada = await auth.member();
    await fill(ada, 1_203);
    const response = await file(ada, 'format=ndjson&q=filled');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit-log.ndjson"');
    const lines = (await response.text()).trimEnd().split('\n');
    const read = lines.map((line) => AuditEntry.parse(JSON.parse(line)));
    expect(read).toHaveLength(1_203);
    expect(new Set(read.map((it) => it.id)).size).toBe(1_203);
    expect(read.map((it) => it.at)).toEqual(
      read
        .map((it) => it.at)
        .toSorted()
        .reverse(),
    );
    const query = { action: 'auth.audit-log.exported' };
    await eventually(async () => {
      const { items } = await auth.as(ada.accessToken).call(listAuditLog, { query });
      expect(items).toMatchObject([
        { actor: { userId: ada.userId }, before: null, after: { format: 'ndjson', q: 'filled' } },
      ]);
    });
  });

  it('as CSV names its columns, and holds nothing a spreadsheet would run', async () => {
    const ada = await auth.member();
    const formula = '=HYPERLINK("https://evil.example","x")';
    await fill(ada, 2, { after: { name: formula, note: 'a, "b"' }, userAgent: formula });
    const response = await file(ada, 'format=csv&resourceKind=thing1');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head = '', line = '', ...rest] = (await response.text()).split('\r\n');
    expect(rest).toEqual(['']);
    const row = Object.fromEntries(fields(head).map((name, i) => [name, fields(line)[i]]));
    expect(row).toMatchObject({
      action: 'auth.filled.1',
      resourceKind: 'thing1',
      actorId: '',
      userAgent: `'${formula}`,
      before: '',
      after: JSON.stringify({ name: formula, note: 'a, "b"' }),
    });
    expect(line).not.toMatch(/(^|,)"?[=+\-@\t]/);
  });

  it('of nothing is an empty file, and of another organization too', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    await fill(ada, 3);
    expect(await (await file(eve, 'format=ndjson&q=filled')).text()).toBe('');
    expect((await (await file(eve, 'format=csv&resourceKind=thing1')).text()).split('\r\n')).toHaveLength(2);
  });

  it('is refused as anything else is', async () => {
    const ada = await auth.member();
    for (const query of ['', 'format=xlsx', 'format=csv&limit=5', 'format=csv&from=yesterday']) {
      const response = await file(ada, query);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        400,
        expect.stringContaining('problem+json'),
      ]);
    }
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of what is still in use. */
function livingMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('an export of 100,000 entries', () => {
  let ada: Signed;
  beforeAll(async () => {
    ada = await auth.member();
    await fill(ada, 100_000, { after: { text: 'x'.repeat(200) } });
  }, 90_000);

  it('is written in little memory, and no faster than it is read', async () => {
    const { hostname, port } = new URL(auth.service.url);
    const socket: Socket = connect(Number(port), hostname);
    socket.pause();
    socket.write(
      `GET ${API_PREFIX}${exportAuditLog.path}?format=csv HTTP/1.1\r\nhost: x\r\nconnection: close\r\n` +
        `authorization: Bearer ${ada.accessToken}\r\n\r\n`,
    );
    const read = jest.spyOn(auth.service.app.get(AuditRepository), 'page');
    const pages = () => read.mock.calls.length;
    await eventually(() => expect(pages()).toBeGreaterThan(1));
    // As much as fits between the two ends of the connection is on its way.
    let paused = -1;
    while (paused !== pages()) {
      paused = pages();
      await sleep(1_000);
    }
    expect(paused).toBeLessThan(100);
    // It remembers every page it saw.
    read.mockRestore();
    const lived = livingMemory();
    let [lines, bytes, measured, most] = [0, 0, 0, 0];
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
      if (bytes < measured + 8e6) return;
      measured = bytes;
      most = Math.max(most, livingMemory() - lived);
    });
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    process.stdout.write(
      `export: ${Math.round(bytes / 1e6)} MB, at most ${Math.round(most / 1e6)} MB more memory\n`,
    );
    expect(bytes).toBeGreaterThan(30e6);
    expect(lines).toBeGreaterThan(100_000);
    expect(most).toBeLessThan(20e6);
  }, 60_000);

  it('is found by each filter through an index, also under row-level security', async () => {
    await auth.sql('ANALYZE audit_entry');
    const { organizationId } = ada;
    const plan = (condition: string, order = 'ORDER BY at DESC, id DESC LIMIT 51') =>
      auth.database.tenant(organizationId, async (tx) => {
        const rows = await tx.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
          `EXPLAIN SELECT * FROM audit_entry WHERE organization_id = '${organizationId}' AND ${condition} ${order}`,
        );
        return rows.map((it) => it['QUERY PLAN']).join('\n');
      });
    const index = 'Index Scan( Backward)? using audit_entry_organization_id_';
    expect(await plan('true')).toMatch(new RegExp(`${index}at_id_idx`));
    expect(await plan(`at >= now() - interval '1 hour' AND at < now() - interval '30 minutes'`)).toMatch(
      new RegExp(`${index}at_id_idx`),
    );
    expect(await plan(`actor_id = '${randomUUID()}'`)).toMatch(new RegExp(`${index}actor_id_at_id_idx`));
    expect(await plan(`impersonator_id = '${randomUUID()}'`)).toMatch(/using audit_entry_impersonator/);
    expect(await plan(`action = 'auth.filled.7'`)).toMatch(new RegExp(`${index}action_at_id_idx`));
    expect(await plan(`resource_id = '77'`)).toMatch(new RegExp(`${index}resource_id_at_id_idx`));
    expect(await plan(`resource_kind = 'thing7'`)).toMatch(new RegExp(`${index}resource_kind_at_id_idx`));
    expect(await plan(`correlation_id = 'correlation-7'`)).toMatch(
      /audit_entry_organization_id_correlation_id_idx/,
    );
    const scans = () =>
      auth
        .sql<{ seq: string; gin: string }>(
          `SELECT t.seq_scan AS seq, i.idx_scan AS gin FROM pg_stat_user_tables t
             JOIN pg_stat_user_indexes i ON i.relid = t.relid AND i.indexrelname = 'audit_entry_search'
            WHERE t.relname = 'audit_entry'`,
        )
        .then(([it]) => it);
    await sleep(1_000);
    const before = await scans();
    const query = { q: 'correlation-none filled.77' };
    await auth.as(ada.accessToken).call(listAuditLog, { query });
    await eventually(async () => expect(Number((await scans())?.gin)).toBeGreaterThan(Number(before?.gin)));
    expect((await scans())?.seq).toBe(before?.seq);
  });
});
