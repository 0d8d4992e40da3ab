import { afterEach, describe, expect, it } from '@jest/globals';
import { Database } from '@orion/database';
import { MessagingHealth } from '@orion/messaging';
import { Pool } from 'pg';
import { Readiness } from '../src';
import { startNotes } from './support/notes.service';

type Notes = Awaited<ReturnType<typeof startNotes>>;

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function pool(connectionString = process.env['ORION_POSTGRES_URL']): Pool {
  const made = new Pool({ connectionString, max: 2, connectionTimeoutMillis: 1_000 });
  closing.push(() => made.end());
  return made;
}

async function start(pools: { app: Pool; worker: Pool }, troubles: string[] = [], env = {}): Promise<Notes> {
  const notes = await startNotes({
    env,
    providers: [
      { provide: Database, useValue: { pools } },
      { provide: MessagingHealth, useValue: { troubles: () => troubles } },
    ],
  });
  closing.unshift(notes.close);
  return notes;
}

async function get({ url }: Notes, path: string) {
  const response = await fetch(url + path);
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text };
}

async function health(notes: Notes, path: string) {
  const { status, text } = await get(notes, path);
  return {
    status,
    body: JSON.parse(text) as {
      status: string;
      details: Record<string, { status: string; message?: string }>;
    },
  };
}

describe('a service in good health', () => {
  it('says so, part by part', async () => {
    const notes = await start({ app: pool(), worker: pool() });
    for (const path of ['/health', '/health/ready']) {
      const { status, body } = await health(notes, path);
      expect({ status, parts: Object.keys(body.details) }).toEqual({
        status: 200,
        parts: ['process', 'database', 'messaging', 'cache'],
      });
    }
    expect((await health(notes, '/health/live')).status).toBe(200);
    expect((await health(notes, '/health/db')).body).toMatchObject({
      status: 'ok',
      details: { app: { status: 'up', latencyMs: expect.any(Number) }, worker: { status: 'up' } },
    });
    expect((await health(notes, '/health/pool')).body.details['app']).toEqual({
      status: 'up',
      total: 1,
      idle: 1,
      waiting: 0,
      max: 2,
    });
  });

  it('shows its figures to Prometheus: durations by endpoint, pools, the process', async () => {
    const notes = await start({ app: pool(), worker: pool() });
    await get(notes, '/api/v1/notes/0198a3b0-0000-7000-8000-000000000001');
    const { text, type } = await get(notes, '/metrics');
    expect(type).toMatch(/^text\/plain/);
    expect(text).toMatch(/http_request_duration_seconds_count\{endpoint="notes\.read",status="200"\} \d+/);
    expect(text).toContain('database_pool_connections{role="app",kind="max"} 2');
    expect(text).toContain('process_cpu_seconds_total');
  });
});

describe('a service in trouble', () => {
  it('is not ready without its database, but alive', async () => {
    const notes = await start({ app: pool('postgresql://nobody@127.0.0.1:9/none'), worker: pool() });
    const { status, body } = await health(notes, '/health/ready');
    expect({ status, database: body.details['database']?.status }).toEqual({ status: 503, database: 'down' });
    expect((await health(notes, '/health/db')).status).toBe(503);
    expect((await health(notes, '/health/live')).status).toBe(200);
  });

  it('is not ready while its consumers are not at work', async () => {
    const notes = await start({ app: pool(), worker: pool() }, ['queue orion.x is gone']);
    const { status, body } = await health(notes, '/health/ready');
    expect({ status, said: body.details['messaging']?.message }).toEqual({
      status: 503,
      said: 'queue orion.x is gone',
    });
  });

  it('is ready without the cache', async () => {
    const notes = await start({ app: pool(), worker: pool() }, [], { REDIS_URL: 'redis://127.0.0.1:9' });
    const { status, body } = await health(notes, '/health/ready');
    expect({ status, cache: body.details['cache'] }).toMatchObject({
      status: 200,
      cache: { available: false },
    });
  });

  it('is not ready while a part of its own says no, or while it stops', async () => {
    const notes = await start({ app: pool(), worker: pool() });
    const readiness = notes.app.get(Readiness);
    readiness.add({ name: 'keys', check: () => Promise.reject(new Error('no signing key')) });
    expect((await health(notes, '/health/ready')).body.details['keys']).toMatchObject({
      message: 'no signing key',
    });
    readiness.leave();
    expect((await health(notes, '/health/ready')).body.details['process']).toMatchObject({ status: 'down' });
  });

  it('reports a pool with more waiting than it holds', async () => {
    const app = pool();
    const notes = await start({ app, worker: pool() });
    const busy = Array.from({ length: 5 }, () => app.query('SELECT pg_sleep(0.3)'));
    const { status, body } = await health(notes, '/health/pool');
    expect({ status, app: body.details['app']?.status }).toEqual({ status: 503, app: 'down' });
    await Promise.all(busy);
  });
});

describe('a process for background work only', () => {
  it('serves health but no API', async () => {
    const notes = await start({ app: pool(), worker: pool() }, [], { ORION_ROLE: 'worker' });
    expect((await health(notes, '/health/ready')).status).toBe(200);
    const answer = await get(notes, '/api/v1/notes/0198a3b0-0000-7000-8000-000000000001');
    expect(answer).toMatchObject({ status: 404, type: expect.stringMatching(/problem\+json/) });
  });
});
