import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AUDIT_RETENTION,
  changeAuditRetention,
  changePassword,
  changeRole,
  changeSignInPolicy,
  confirmAuthenticator,
  createRole,
  deleteRole,
  enrolAuthenticator,
  listAuditLog,
  login,
  organizationErased,
  readAuditRetention,
  refresh,
  type Reply,
  type Request,
  roleChanged,
  userRecordChanged,
} from '@orion/contracts';
import { withClient } from '@orion/database';
import { codeOf, eventually, problemOf, sendEvents, testEvent } from '@orion/testing';
import { Secret, TOTP } from 'otpauth';
import { AuditTrim } from '../src/audit/audit-trim.job';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
beforeAll(async () => void (auth = await startAuth()));
afterAll(() => auth.close());

type Signed = Reply<typeof login>;
type Query = Request<typeof listAuditLog>['query'];
type Entry = Reply<typeof listAuditLog>['items'][number];

const logOf = (who: Signed, query: Query = {}) => auth.as(who.accessToken).call(listAuditLog, { query });

/** Entries, newest first, once there are so many. */
async function entries(who: Signed, query: Query, count: number): Promise<Entry[]> {
  let items: Entry[] = [];
  await eventually(async () => {
    ({ items } = await logOf(who, query));
    expect(items).toHaveLength(count);
  });
  return items;
}

const aRole = (organizationId: string, changedBy = randomUUID()) => {
  const roleId = randomUUID();
  const data = {
    roleId,
    organizationId,
    name: 'Made up',
    permissions: [],
    active: true,
    changedBy,
    before: null,
  };
  return (more: Parameters<typeof testEvent>[3] = {}) =>
    testEvent(roleChanged, organizationId, data, { subject: roleId, ...more });
};

describe('an entry of the audit log', () => {
  it('tells who did what from where, and what it changed', async () => {
    const email = someEmail();
    const ada = await auth.member(email);
    const as = auth.as(ada.accessToken);
    const { id } = await as.call(createRole, { body: { name: 'Planner', permissions: ['team.view'] } });
    await as.call(changeRole, { params: { id }, body: { description: 'Plans days' } });
    await as.call(deleteRole, { params: { id } });
    const [gone, described, created] = await entries(ada, { resourceId: id }, 3);
    expect(created).toMatchObject({
      action: 'auth.role.changed',
      resource: { kind: 'role', id },
      actor: { userId: ada.userId, name: 'Ada', email },
      impersonator: null,
      apiKeyId: null,
      address: '127.0.0.1',
      userAgent: 'node',
      causationId: null,
      before: null,
      after: { name: 'Planner', description: '', permissions: ['team.view'] },
    });
    expect(described?.before).toEqual({ description: '' });
    expect(described?.after).toEqual({ description: 'Plans days' });
    expect(gone).toMatchObject({ before: { name: 'Planner' }, after: null });
  });

  it('stands for what happened elsewhere, with an impersonator and what led to it', async () => {
    const ada = await auth.member();
    const [actorid, impersonatorid, apikeyid, causationid] = [1, 2, 3, 4].map(() => randomUUID());
    const change = JSON.stringify({ before: { name: 'A' }, after: { name: 'B' } });
    const fact = { kind: 'team', id: randomUUID(), action: 'renamed' };
    const more = { actorid, impersonatorid, apikeyid, causationid, clientaddress: '203.0.113.7', change };
    await sendEvents(
      auth.service,
      testEvent(userRecordChanged, ada.organizationId, fact, { subject: fact.id, ...more }),
    );
    const [entry] = await entries(ada, { resourceId: fact.id }, 1);
    expect(entry).toMatchObject({
      action: 'user.team.renamed',
      resource: { kind: 'team', id: fact.id },
      actor: { userId: actorid, name: null, email: null },
      impersonator: { userId: impersonatorid },
      apiKeyId: apikeyid,
      address: '203.0.113.7',
      causationId: causationid,
      before: { name: 'A' },
      after: { name: 'B' },
    });
  });

  it('is written once, also when its event comes again after the inbox has forgotten it', async () => {
    const ada = await auth.member();
    const event = aRole(ada.organizationId)();
    const twin = aRole(ada.organizationId)();
    await sendEvents(auth.service, event, event);
    await entries(ada, { resourceId: event.subject }, 1);
    await auth.sql('DELETE FROM platform.inbox WHERE event_id = $1', [event.id]);
    await sendEvents(auth.service, event, twin);
    await entries(ada, { resourceId: twin.subject }, 1);
    await eventually(async () => {
      const rows = await auth.sql(
        `SELECT 1 FROM platform.inbox WHERE event_id = $1 AND consumer = 'auth.audit'`,
        [event.id],
      );
      expect(rows).toHaveLength(1);
    });
    await entries(ada, { resourceId: event.subject }, 1);
  });

  it('is written of sign-ins, of a stolen token, and of what the organization asks for', async () => {
    const ada = await auth.member();
    const as = auth.as(ada.accessToken);
    const [signedIn] = await entries(ada, { action: 'auth.session.started' }, 1);
    expect(signedIn).toMatchObject({ actor: { userId: ada.userId }, address: '127.0.0.1' });
    expect(await codeOf(as.call(changeSignInPolicy, { body: { secondFactorRequired: true } }))).toBe(
      'SECOND_FACTOR_MISSING',
    );
    await auth.sql('UPDATE session SET rotated_at = now() - interval $$1 hour$$, generation = 2');
    const stolen = auth.as().call(refresh, { body: { refreshToken: ada.refreshToken } });
    expect(await codeOf(stolen)).toBe('REFRESH_REJECTED');
    const rows = () =>
      auth.sql<{ after: object; actor_id: string | null }>(
        `SELECT after, actor_id FROM audit_entry WHERE action = 'auth.session.ended' AND organization_id = $1`,
        [ada.organizationId],
      );
    await eventually(async () => expect(await rows()).toHaveLength(1));
    expect(await rows()).toEqual([{ after: { ended: 'reused' }, actor_id: null }]);
  });
});

describe('who fails to sign in too often', () => {
  it('leaves one entry for the account, and none where there is no account', async () => {
    const email = someEmail();
    const ada = await auth.member(email);
    const stranger = someEmail();
    for (const tried of [stranger, email])
      for (let attempt = 0; attempt < 8; attempt += 1)
        await codeOf(auth.as().call(login, { body: { email: tried, password: 'not it' } }));
    const [entry] = await entries(ada, { action: 'auth.account.sign-in-throttled' }, 1);
    expect(entry).toMatchObject({
      actor: null,
      address: '127.0.0.1',
      userAgent: 'node',
      resource: { kind: 'account', id: ada.userId },
    });
    await eventually(async () => expect(await auth.sql('SELECT * FROM throttled_sign_in')).toEqual([]));
    const [{ text = '' } = {}] = await auth.sql<{ text: string }>(
      `SELECT string_agg(e::text, '') AS text FROM audit_entry e`,
    );
    expect(text).not.toContain(stranger);
  });
});

describe('what somebody does about their account', () => {
  it('is an entry of their oldest organization, without any secret', async () => {
    const email = someEmail();
    const ada = await auth.member(email);
    const as = auth.as(ada.accessToken);
    const { secret } = await as.call(enrolAuthenticator, { body: { password: PASSWORD } });
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    await as.call(confirmAuthenticator, { body: { code } });
    await as.call(changeSignInPolicy, { body: { secondFactorRequired: true } });
    await as.call(changeSignInPolicy, { body: { secondFactorRequired: true } });
    const next = 'another horse battery';
    await as.call(changePassword, { body: { currentPassword: PASSWORD, newPassword: next } });
    await entries(ada, { action: 'auth.account.password-changed' }, 1);
    const [policy] = await entries(ada, { action: 'auth.sign-in-policy.changed' }, 1);
    expect(policy).toMatchObject({
      before: { secondFactorRequired: false },
      after: { secondFactorRequired: true },
    });
    const [added] = await entries(ada, { action: 'auth.account.authenticator-added' }, 1);
    expect(added).toMatchObject({ actor: { email }, resource: { kind: 'account', id: ada.userId } });
    const [rows] = await auth.sql<{ text: string }>(
      `SELECT string_agg(e::text, '') AS text FROM audit_entry e`,
    );
    for (const hidden of [secret, next, PASSWORD]) expect(rows?.text).not.toContain(hidden);
  });
});

describe('the audit log', () => {
  it('is filtered by each of its columns, and paged', async () => {
    const ada = await auth.member();
    const today = new Date().setUTCHours(8, 0, 0, 0);
    const day = (n: number) => new Date(today + (n - 10) * 86_400_000).toISOString();
    const actorid = randomUUID();
    const impersonatorid = randomUUID();
    const made = [1, 2, 3, 4, 5].map((n) =>
      aRole(ada.organizationId)({
        time: day(n),
        correlationid: `corr-000${n}`,
        ...(n > 3 ? { actorid } : {}),
        ...(n === 5 ? { impersonatorid } : {}),
        change: JSON.stringify({
          before: null,
          after: { name: `Crew ${n === 2 ? 'Müller-Lüdenscheidt' : n}` },
        }),
      }),
    );
    await sendEvents(auth.service, ...made);
    const [first, second, third, fourth, fifth] = made.map((it) => it.id);
    const all = { action: 'auth.role.changed' };
    await entries(ada, all, 5);
    const found = async (query: Query) => (await logOf(ada, query)).items.map((it) => it.id);
    expect(await found(all)).toEqual([fifth, fourth, third, second, first]);
    expect(await found({ actorId: actorid })).toEqual([fifth, fourth]);
    expect(await found({ impersonatorId: impersonatorid })).toEqual([fifth]);
    expect(await found({ q: 'crew', impersonatorId: impersonatorid })).toEqual([fifth]);
    expect(await found({ resourceKind: 'role' })).toHaveLength(5);
    expect(await found({ resourceKind: 'session' })).toHaveLength(1);
    expect(await found({ resourceId: made[2]?.subject })).toEqual([third]);
    expect(await found({ correlationId: 'corr-0002' })).toEqual([second]);
    expect(await found({ from: day(2), to: day(4) })).toEqual([third, second]);
    expect(await found({ q: 'crew MÜLLER lüden' })).toEqual([second]);
    expect(await found({ q: 'crew', actorId: actorid, from: day(5) })).toEqual([fifth]);
    expect(await found({ q: '--' })).toEqual([]);
    for (const query of [all, { q: 'crew' }]) {
      const page = await logOf(ada, { ...query, limit: 3 });
      const next = await logOf(ada, { ...query, limit: 3, cursor: page.nextCursor ?? '' });
      expect([...page.items, ...next.items].map((it) => it.id)).toEqual([
        fifth,
        fourth,
        third,
        second,
        first,
      ]);
      expect(next.nextCursor).toBeNull();
    }
    const id = randomUUID();
    for (const values of [
      ['yesterday', id],
      ['0000-01-01T00:00:00Z', id],
      [new Date().toISOString(), 'x'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(values)).toString('base64url');
      const problem = await problemOf(logOf(ada, { cursor }));
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'query.cursor' }] });
    }
    for (const from of ['0000-01-01T00:00:00Z', '2200-01-01T00:00:00Z']) {
      const problem = await problemOf(logOf(ada, { from }));
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'query.from' }] });
    }
  });

  it('shows nothing of another organization, and is for who may see it', async () => {
    const [ada, eve] = [await auth.member(), await auth.member()];
    const event = aRole(ada.organizationId)();
    await sendEvents(auth.service, event);
    await entries(ada, { resourceId: event.subject }, 1);
    for (const query of [{ resourceId: event.subject }, { q: event.subject }])
      expect((await logOf(eve, query)).items).toEqual([]);
    const searching = auth.database.tenant(
      eve.organizationId,
      (tx) => tx.$queryRaw`
        SELECT search_audit_entry(${ada.organizationId}::uuid, ARRAY['role'], NULL, NULL, NULL, NULL, NULL, NULL,
          NULL, NULL, NULL, NULL, 10)`,
    );
    await expect(searching).rejects.toThrow(/another organization/);
    await auth.sql(`UPDATE membership SET roles = '{operator}' WHERE organization_id = $1`, [
      eve.organizationId,
    ]);
    const renewed = await auth.as().call(refresh, { body: { refreshToken: eve.refreshToken } });
    expect(await codeOf(logOf(renewed))).toBe('FORBIDDEN');
  });

  it('can be changed and shortened by neither role of the service', async () => {
    const ada = await auth.member();
    await entries(ada, { action: 'auth.session.started' }, 1);
    const { database } = auth.service;
    for (const url of [database.url, database.workerUrl])
      for (const statement of [
        `UPDATE audit_entry SET action = 'x'`,
        'DELETE FROM audit_entry',
        'TRUNCATE audit_entry',
        'ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY',
      ]) {
        const attempt = withClient(url, async (client) => {
          await client.query(`SELECT set_config('orion.organization_id', $1, false)`, [ada.organizationId]);
          await client.query(statement);
        });
        await expect(attempt).rejects.toThrow(/permission denied|must be owner/);
      }
    const forged = withClient(database.url, async (client) => {
      await client.query(`SELECT set_config('orion.organization_id', $1, false)`, [ada.organizationId]);
      await client.query(
        `INSERT INTO audit_entry (organization_id, id, at, action, resource_kind, resource_id, correlation_id)
         VALUES (gen_random_uuid(), gen_random_uuid(), now(), 'x', 'x', 'x', 'x')`,
      );
    });
    await expect(forged).rejects.toThrow(/row-level security/);
  });
});

const trim = async () => {
  const job = auth.service.app.get(AuditTrim);
  while (await job.run());
};

describe('entries are kept', () => {
  const aged = async ({ organizationId }: Pick<Signed, 'organizationId'>, days: number) => {
    const time = new Date(Date.now() - days * 86_400_000).toISOString();
    const [row] = await auth.sql<{ id: string }>(
      `INSERT INTO audit_entry (organization_id, id, at, action, resource_kind, resource_id, correlation_id)
       VALUES ($1, gen_random_uuid(), $2, 'aged', 'x', 'x', 'x') RETURNING id`,
      [organizationId, time],
    );
    return row?.id;
  };
  const left = async (who: Signed) => (await logOf(who, { action: 'aged' })).items.map((it) => it.id);

  it('for a year unless the organization says otherwise, which is an entry itself', async () => {
    const [ada, bob] = [await auth.member(), await auth.member()];
    const as = auth.as(ada.accessToken);
    const young = [await aged(ada, 20), await aged(bob, 20)];
    const old = [await aged(ada, 100), await aged(bob, 100)];
    await aged(ada, 400);
    await trim();
    expect([await left(ada), await left(bob)]).toEqual([
      [young[0], old[0]],
      [young[1], old[1]],
    ]);
    expect(await as.call(readAuditRetention)).toEqual({ days: AUDIT_RETENTION.usual });
    for (const days of [AUDIT_RETENTION.least - 1, AUDIT_RETENTION.most + 1, 90.5]) {
      const problem = await problemOf(as.call(changeAuditRetention, { body: { days } }));
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'body.days' }] });
    }
    for (const days of [90, 90]) await as.call(changeAuditRetention, { body: { days } });
    expect(await as.call(readAuditRetention)).toEqual({ days: 90 });
    await trim();
    expect([await left(ada), await left(bob)]).toEqual([[young[0]], [young[1], old[1]]]);
    const [entry] = await entries(ada, { action: 'auth.audit-retention.changed' }, 1);
    expect(entry).toMatchObject({ before: { days: 365 }, after: { days: 90 } });
  });

  it('for thirty days whatever anybody asks of the one who removes them', async () => {
    const ada = await auth.member();
    const young = await aged(ada, 29);
    await withClient(auth.service.database.workerUrl, (client) => client.query('SELECT audit_trim(0, 1000)'));
    expect(await left(ada)).toEqual([young]);
    const function_ = withClient(auth.service.database.url, (client) =>
      client.query('SELECT audit_trim(365, 1000)'),
    );
    await expect(function_).rejects.toThrow(/permission denied/);
  });

  it('no longer than that once their organization is erased', async () => {
    const ada = await auth.member();
    const { organizationId } = ada;
    await aged(ada, 31);
    await sendEvents(auth.service, testEvent(organizationErased, organizationId, { organizationId }));
    const kept = () =>
      auth.sql('SELECT days FROM audit_retention WHERE organization_id = $1', [organizationId]);
    await eventually(async () => expect(await kept()).toEqual([{ days: AUDIT_RETENTION.least }]));
    await trim();
    const rows = await auth.sql(`SELECT id FROM audit_entry WHERE organization_id = $1 AND action = 'aged'`, [
      organizationId,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('somebody who is erased', () => {
  it('leaves their entries behind, without what tells who it was', async () => {
    const ada = await auth.member();
    const person = randomUUID();
    const change = (before: object, after: object) => ({ change: JSON.stringify({ before, after }) });
    const theirs = aRole(ada.organizationId)({
      actorid: person,
      clientaddress: '203.0.113.9',
      clientagent: 'Curl',
      ...change({ name: 'X' }, { name: 'Y' }),
    });
    const mention = aRole(ada.organizationId)(
      change({ people: [{ email: 'Grace@Example.org', since: 1 }, 'other'] }, { email: 'grace@example.org' }),
    );
    const other = aRole(ada.organizationId)({ actorid: ada.userId, clientaddress: '203.0.113.10' });
    await sendEvents(auth.service, theirs, mention, other);
    await entries(ada, { action: 'auth.role.changed' }, 3);
    const pseudonymise = (url: string, organizationId: string) =>
      withClient(url, async (client) => {
        const text = `SELECT audit_pseudonymise($1, $2, ARRAY['grace@example.org', 'Grace']) AS changed`;
        return (await client.query(text, [organizationId, person])).rows;
      });
    const { url, workerUrl } = auth.service.database;
    await expect(pseudonymise(url, ada.organizationId)).rejects.toThrow(/permission denied/);
    expect(await pseudonymise(workerUrl, randomUUID())).toEqual([{ changed: 0 }]);
    expect(await pseudonymise(workerUrl, ada.organizationId)).toEqual([{ changed: 2 }]);
    const [one] = await entries(ada, { resourceId: theirs.subject }, 1);
    expect(one).toMatchObject({
      actor: { userId: person, name: null },
      address: null,
      userAgent: null,
      after: { name: 'Y' },
    });
    const [two] = await entries(ada, { resourceId: mention.subject }, 1);
    expect(two).toMatchObject({
      before: { people: [{ email: '[erased]', since: 1 }, 'other'] },
      after: { email: '[erased]' },
    });
    expect((await logOf(ada, { q: 'grace' })).items).toEqual([]);
    const [three] = await entries(ada, { resourceId: other.subject }, 1);
    expect(three).toMatchObject({ address: '203.0.113.10' });
  });
});
