import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_PREFIX, ENDPOINTS, EVENTS, Problem } from '@orion/contracts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
let folder: string;
let webRoot: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orion-web-'));
  webRoot = join(folder, 'dist');
  gateway = await startGateway({ WEB_ROOT: webRoot });
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true });
});

const get = (path: string) => fetch(gateway.url + path);

describe('the web app', () => {
  it('says plainly that it is not built', async () => {
    const response = await get('/orders');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('has not been built yet');
  });

  it('is served once it is there: assets for ever, its page for every path', async () => {
    await mkdir(join(webRoot, 'assets'), { recursive: true });
    await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Orion</title>');
    await writeFile(join(webRoot, 'assets/index-3f2a.js'), 'export {};');
    await writeFile(join(folder, 'secret.txt'), 'secret');

    const asset = await get('/assets/index-3f2a.js');
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(asset.headers.get('content-type')).toContain('javascript');
    for (const path of ['/', '/orders/17', '/sign-in?next=%2Forders']) {
      const page = await get(path);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await page.text()).toContain('<title>Orion</title>');
    }
    const csp = (await get('/')).headers.get('content-security-policy');
    expect(csp).toContain("script-src 'self'");
    expect(csp).not.toContain('unsafe-eval');
  });

  it.each([
    '/assets/gone.js',
    '/favicon.ico',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
  ])('has nothing at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('the API’s documents', () => {
  it('describe every endpoint', async () => {
    const document = (await (await get('/api/docs-json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const found = Object.values(document.paths).flatMap((it) =>
      Object.values(it).map((op) => op.operationId),
    );
    expect(found.sort()).toEqual(ENDPOINTS.map((it) => it.id).sort());
    expect(Object.keys(document.paths).every((it) => it.startsWith(API_PREFIX))).toBe(true);
  });

  it('come with a page that loads nothing from elsewhere', async () => {
    const page = await get('/api/docs');
    expect(page.status).toBe(200);
    const html = await page.text();
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((it) => it[1] ?? '');
    expect(loaded.length).toBeGreaterThan(2);
    for (const path of loaded) {
      const at = new URL(path, `${gateway.url}/api/`);
      expect(at.origin).toBe(gateway.url);
      expect((await fetch(at)).status).toBe(200);
    }
  });
});

describe('the events’ documents', () => {
  it('describe every event, for anybody', async () => {
    const response = await get('/api/events');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const document = (await response.json()) as {
      asyncapi: string;
      components: { messages: Record<string, { name: string }> };
    };
    expect(document.asyncapi).toBe('3.0.0');
    const found = Object.values(document.components.messages).map((it) => it.name);
    expect(found.sort()).toEqual(EVENTS.map((it) => it.type).sort());
  });

  it.each(EVENTS.map((it) => [it.type, it] as const))('give the schema of %s', async (type, { summary }) => {
    const response = await get(`/api/events/${type}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/schema+json; charset=utf-8');
    expect(await response.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: type,
      description: summary,
      properties: { type: { const: type } },
    });
  });

  it.each(['orion.scheduling.booking.held.v9', 'constructor', 'a%2fb', '%00', ''])(
    'have no event “%s”',
    async (type) => {
      const response = await get(`/api/events/${type}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const problem = Problem.parse(await response.json());
      expect(problem).toMatchObject({
        code: 'NOT_FOUND',
        detail: expect.stringContaining('GET /api/events'),
      });
    },
  );

  it('answer HEAD without a body, and are only read', async () => {
    for (const path of ['/api/events', '/api/events/orion.scheduling.booking.held.v1']) {
      const head = await fetch(gateway.url + path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect((await fetch(gateway.url + path, { method: 'POST' })).status).toBe(404);
    }
  });

  it('are named where the API is described', async () => {
    const { info } = (await (await get('/api/docs-json')).json()) as { info: { description: string } };
    expect(info.description).toContain('(/api/events)');
  });
});

it('is healthy', async () => {
  expect((await get('/health/live')).status).toBe(200);
  expect((await get('/health/db')).status).toBe(200);
});
