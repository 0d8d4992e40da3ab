import { afterEach, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { syncLabels } from '../src/label-sync';

interface Stored {
  name: string;
  color: string;
  description: string | null;
}

let server: Server | undefined;

afterEach(() => new Promise<void>((done) => (server ? server.close(() => done()) : done())));

/** Keeps labels as GitHub's API does, a hundred to a page. */
function forge(stored: Stored[]): Promise<string> {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://forge');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.headers.authorization !== 'Bearer secret') return response.writeHead(401).end('{}');
      if (request.method === 'GET') {
        const page = Number(searchParams.get('page'));
        return response.end(JSON.stringify(stored.slice((page - 1) * 100, page * 100)));
      }
      const label = JSON.parse(body) as Stored;
      const at = stored.findIndex(
        ({ name }) => name === decodeURIComponent(pathname.split('/').at(-1) ?? ''),
      );
      if (request.method === 'PATCH' && at >= 0) stored[at] = label;
      else if (request.method === 'POST') stored.push(label);
      else response.statusCode = 404;
      return response.end('{}');
    });
  });
  return new Promise((ready) =>
    server?.listen(0, '127.0.0.1', () =>
      ready(`http://127.0.0.1:${(server?.address() as AddressInfo).port}`),
    ),
  );
}

const WANTED = [
  { name: 'bug', color: 'd73a4a', description: 'Something is wrong' },
  { name: 'app: auth', color: 'c5def5', description: 'Concerns apps/auth' },
];

it('makes what is missing, corrects what differs, leaves the rest, and has nothing to do afterwards', async () => {
  const others = Array.from({ length: 120 }, (_, index) => ({
    name: `other ${index}`,
    color: 'ffffff',
    description: null,
  }));
  const stored = [...others, { name: 'app: auth', color: '000000', description: null }];
  const at = { api: await forge(stored), repository: 'orion/orion', token: 'secret' };
  expect(await syncLabels(at, WANTED)).toEqual(['made bug', 'corrected app: auth']);
  expect(stored).toHaveLength(122);
  expect(stored).toEqual(expect.arrayContaining(WANTED));
  expect(await syncLabels(at, WANTED)).toEqual([]);
});

it('says what the forge refused', async () => {
  const at = { api: await forge([]), repository: 'orion/orion', token: 'other' };
  await expect(syncLabels(at, WANTED)).rejects.toThrow('was answered with 401');
});
