import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readForge } from '../src/forge/read-forge';

let server: Server | undefined;

afterEach(
  () =>
    new Promise<void>((done) => {
      server?.closeAllConnections();
      if (server) server.close(() => done());
      else done();
    }),
);

interface Asked {
  token: string | undefined;
  variables: Record<string, unknown>;
}

/** Answers GraphQL as GitHub does. */
async function forge(answer: (asked: Asked, response: ServerResponse) => void): Promise<NodeJS.ProcessEnv> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { variables } = JSON.parse(body) as Asked;
      answer({ token: request.headers.authorization, variables }, response);
    });
  });
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    GITHUB_GRAPHQL_URL: `http://127.0.0.1:${port}/graphql`,
    GITHUB_TOKEN: 'secret',
    GITHUB_REPOSITORY: 'orion/platform',
  };
}

const page = (labels: string[][], endCursor: string | null, pullRequests: object[] = []) =>
  JSON.stringify({
    data: {
      repository: {
        issues: {
          pageInfo: { hasNextPage: endCursor !== null, endCursor },
          nodes: labels.map((names) => ({ labels: { nodes: names.map((name) => ({ name })) } })),
        },
        pullRequests: { nodes: pullRequests },
      },
    },
  });

const review = (login: string, submittedAt: string | null) => ({ author: { login }, submittedAt });

it('reads every blocker and the hours until others reviewed', async () => {
  const asked: Asked[] = [];
  const merged = [
    {
      createdAt: '2026-11-20T08:00:00Z',
      author: { login: 'ana' },
      reviews: { nodes: [review('ana', '2026-11-20T08:10:00Z'), review('ben', '2026-11-20T11:00:00Z')] },
    },
    { createdAt: '2026-11-20T08:00:00Z', author: null, reviews: { nodes: [review('ben', null)] } },
  ];
  const env = await forge((it, response) => {
    asked.push(it);
    const isFirst = it.variables['after'] === null;
    response.end(isFirst ? page([['blocker', 'app: auth']], 'next', merged) : page([['blocker']], null));
  });
  expect(await readForge('/', env)).toEqual({
    blockers: [['blocker', 'app: auth'], ['blocker']],
    reviewHours: [3],
  });
  expect(asked).toEqual([
    { token: 'Bearer secret', variables: { owner: 'orion', name: 'platform', after: null } },
    { token: 'Bearer secret', variables: { owner: 'orion', name: 'platform', after: 'next' } },
  ]);
});

describe('what the forge does not say is unknown', () => {
  it('without a token, or without a repository', async () => {
    const env = await forge((_asked, response) => response.end(page([], null)));
    expect(await readForge('/', env)).toBeDefined();
    expect(await readForge('/', { ...env, GITHUB_TOKEN: '' })).toBeUndefined();
    expect(await readForge('/', { ...env, GITHUB_REPOSITORY: '' })).toBeUndefined();
  });

  it('when it refuses or answers with something else', async () => {
    const env = await forge((_asked, response) =>
      response.writeHead(401).end('{"message":"Bad credentials"}'),
    );
    expect(await readForge('/', env)).toBeUndefined();
  });

  it('offline', async () => {
    const env = await forge(() => undefined);
    await new Promise((closed) => server?.close(closed));
    expect(await readForge('/', env)).toBeUndefined();
  });

  it('when it answers too late', async () => {
    const env = await forge(() => undefined);
    const began = performance.now();
    expect(await readForge('/', env)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
