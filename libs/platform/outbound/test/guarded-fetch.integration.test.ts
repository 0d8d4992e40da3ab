import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressResolver, ForbiddenTarget, type Guard, guardedFetch, type ResolvedAddress } from '../src';

const GUARD: Guard = { allowLoopback: true, timeoutMs: 500, mostBytes: 1_000 };

/** Names of this test, as a name server would resolve them. */
class Names extends AddressResolver {
  override resolve(host: string): Promise<ResolvedAddress[]> {
    const here = { address: '127.0.0.1', family: 4 as const };
    if (host === 'here.test') return Promise.resolve([here]);
    if (host === 'both.test') return Promise.resolve([here, { address: '10.0.0.1', family: 4 }]);
    if (host === 'nowhere.test') return Promise.resolve([]);
    return super.resolve(host);
  }
}

describe('guardedFetch', () => {
  let server: Server;
  let port: number;
  let requests = 0;
  const fetch = (guard: Partial<Guard> = {}) => guardedFetch(new Names(), { ...GUARD, ...guard });

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests++;
      if (request.url === '/away') response.writeHead(302, { location: '/' }).end();
      else if (request.url === '/long') response.end('x'.repeat(5_000));
      else if (request.url === '/silent') response.writeHead(200).flushHeaders();
      else response.end(`${request.method} ${request.headers['x-test']}`);
    });
    server.listen(0);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it.each(['127.0.0.1', 'localhost', 'here.test', '[::1]'])(
    'fetches from %s where that is allowed',
    async (host) => {
      const answer = await fetch()(`http://${host}:${port}/`, { method: 'POST', headers: { 'x-test': 'a' } });
      expect(await answer.text()).toBe('POST a');
    },
  );

  it('opens no connection to an address that is not public, by number or by name', async () => {
    const before = requests;
    const guarded = fetch({ allowLoopback: false });
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '2130706433',
      'localhost',
      'here.test',
      '10.0.0.1',
      '[::ffff:7f00:1]',
    ])
      await expect(guarded(`http://${host}:${port}/`)).rejects.toBeInstanceOf(ForbiddenTarget);
    expect(requests).toBe(before);
  });

  it('refuses a host of which one address among several is not allowed', async () => {
    await expect(fetch()(`http://both.test:${port}/`)).rejects.toThrow('not only, at public addresses');
  });

  it.each(['ftp://here.test/', 'http://user:password@here.test/', 'nonsense'])('refuses %s', async (url) => {
    await expect(fetch()(url)).rejects.toBeInstanceOf(ForbiddenTarget);
  });

  it('fails as fetch does where there is nobody', async () => {
    await expect(fetch()('http://nowhere.test/')).rejects.toBeInstanceOf(TypeError);
    await expect(fetch()('http://name.invalid/')).rejects.toBeInstanceOf(TypeError);
    await expect(fetch()('http://127.0.0.1:1/')).rejects.toBeInstanceOf(TypeError);
  });

  it('follows no redirect', async () => {
    const answer = await fetch()(`http://here.test:${port}/away`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
  });

  it('ends in size and in time, and when its caller wants', async () => {
    const long = await fetch()(`http://here.test:${port}/long`);
    await expect(long.text()).rejects.toThrow();
    const silent = await fetch()(`http://here.test:${port}/silent`);
    await expect(silent.text()).rejects.toMatchObject({ name: 'TimeoutError' });
    const given = fetch({ timeoutMs: 60_000 })(`http://here.test:${port}/silent`, {
      signal: AbortSignal.abort(),
    });
    await expect(given).rejects.toMatchObject({ name: 'AbortError' });
  });
});
