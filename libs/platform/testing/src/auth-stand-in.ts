import { API_PREFIX, exchangeApiKey, jwks, permissionSet, rolesOfOrganization } from '@orion/contracts';
import { QuestionServer } from '@orion/messaging';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testExchange } from './test-keys';
import { testRoles } from './test-roles';
import { testKeySet, testPermissions } from './test-tokens';

interface Asked {
  payload: { digest: string };
}

interface AskedForRoles {
  payload: { organizationId: string; roleIds: string[] };
}

interface AskedForKey {
  payload: { organizationId: string; hash: string };
}

export interface AuthStandIn {
  url: string;
  close(): Promise<void>;
}

/** What other services need of auth: its key set over HTTP, its permission sets, roles and exchange of API keys over RabbitMQ. */
export async function startAuthStandIn(rabbitmq: string, namespace: string): Promise<AuthStandIn> {
  const http = createServer((request, response) => {
    const found = request.url === API_PREFIX + jwks.path;
    response
      .writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ? testKeySet() : {}));
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const options = { service: 'auth', url: rabbitmq, namespace, consumers: [] };
  const questions = new QuestionServer(options, 'auth', () => undefined);
  questions.addHandler(permissionSet.pattern, ({ payload }: Asked) =>
    Promise.resolve({ answer: { permissions: testPermissions(payload.digest) } }),
  );
  questions.addHandler(rolesOfOrganization.pattern, ({ payload }: AskedForRoles) =>
    Promise.resolve({ answer: { roles: testRoles(payload.organizationId, payload.roleIds) } }),
  );
  questions.addHandler(exchangeApiKey.pattern, async ({ payload }: AskedForKey) => ({
    answer: { issued: testExchange(payload.hash) },
  }));
  await questions.listen(() => undefined);
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
      await questions.close();
    },
  };
}
