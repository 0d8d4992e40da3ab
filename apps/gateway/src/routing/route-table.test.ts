import { describe, expect, it } from '@jest/globals';
import { API_PREFIX, ENDPOINTS, endpoint, pathOf } from '@orion/contracts';
import { z } from 'zod';
import { routeTable } from './route-table';

const table = routeTable(ENDPOINTS);
const ID = '0193b3a0-0000-7000-8000-000000000001';

describe('routeTable', () => {
  it('finds every endpoint of the catalogue by its own method and path', () => {
    for (const it of ENDPOINTS) {
      const match = table.match(it.method, API_PREFIX + pathOf(it, { id: ID }));
      expect(match).toEqual({ kind: 'found', endpoint: it });
    }
  });

  it('prefers a fixed segment to a parameter', () => {
    const match = table.match('GET', '/api/v1/service-orders/counts');
    expect(match).toMatchObject({ kind: 'found', endpoint: { id: 'service-orders.counts' } });
  });

  it('falls back to the parameter where the fixed branch leads nowhere', () => {
    const one = (id: string, path: string) =>
      endpoint({
        id,
        service: 'user',
        method: 'GET',
        path,
        summary: '',
        access: 'public',
        reply: z.object({}),
      });
    const small = routeTable([one('a', '/things/new/form'), one('b', '/things/:id/parts')]);
    expect(small.match('GET', '/api/v1/things/new/parts')).toMatchObject({ endpoint: { id: 'b' } });
  });

  it('treats HEAD as GET', () => {
    expect(table.match('HEAD', '/api/v1/users/me')).toMatchObject({
      kind: 'found',
      endpoint: { id: 'users.me' },
    });
  });

  it('names the methods a path offers', () => {
    expect(table.match('DELETE', '/api/v1/users/me')).toEqual({
      kind: 'wrong-method',
      allow: ['GET', 'HEAD', 'OPTIONS', 'PATCH'],
    });
  });

  it.each([
    '/api/v1/nothing',
    '/api/v1',
    '/api/v1/',
    '/api/v1/users/me/',
    '/api/v1//users/me',
    '/users/me',
    '/api/v1/config',
  ])('knows nothing of %s', (path) => {
    expect(table.match('GET', path)).toEqual({ kind: 'unknown' });
  });

  it.each([
    '/api/v1/service-orders/%2e%2e',
    '/api/v1/service-orders/..',
    '/api/v1/service-orders/a%2fb',
    '/api/v1/service-orders/a%5cb',
    '/api/v1/service-orders/%00',
    '/api/v1/service-orders/%zz',
    '/api/v1/service-orders/%E0%A4%A',
  ])('refuses %s, which a service could read differently', (path) => {
    expect(table.match('GET', path)).toEqual({ kind: 'malformed' });
  });

  it('refuses two endpoints with one route', () => {
    const [first] = ENDPOINTS;
    expect(() => routeTable(first ? [first, first] : [])).toThrow('two endpoints share');
  });
});
