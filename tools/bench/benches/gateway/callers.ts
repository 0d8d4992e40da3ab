import { API_PREFIX, jwks, permissionSet } from '@orion/contracts';
import { QuestionServer } from '@orion/messaging';
import { permissionDigest, signAccessToken } from '@orion/security';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY_ID = 'bench';
const TOKEN_SECONDS = 3_600;

export interface Callers {
  authUrl: string;
  /** Access tokens, each of another person. */
  tokens: string[];
  close(): Promise<void>;
}

/** People who hold a permission, and the part of auth that vouches for them: its keys and its permission sets. */
export async function startCallers(
  people: number,
  permissions: readonly string[],
  { rabbitmqUrl, namespace }: { rabbitmqUrl: string; namespace: string },
): Promise<Callers> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const keys = JSON.stringify({ keys: [{ kty: 'RSA', kid: KEY_ID, alg: 'RS256', use: 'sig', n, e }] });
  const signing = { kid: KEY_ID, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  const prm = permissionDigest(permissions);

  const http = createServer((request, response) => {
    const known = request.url === API_PREFIX + jwks.path;
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(known ? keys : '{}');
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const options = { service: 'auth', url: rabbitmqUrl, namespace, consumers: [] };
  const questions = new QuestionServer(options, 'auth', () => undefined);
  questions.addHandler(permissionSet.pattern, () => Promise.resolve({ answer: { permissions } }));
  await questions.listen(() => undefined);

  return {
    authUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    tokens: Array.from({ length: people }, () =>
      signAccessToken(
        { sub: randomUUID(), org: randomUUID(), sid: randomUUID(), prm },
        signing,
        TOKEN_SECONDS,
      ),
    ),
    async close() {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
      await questions.close();
    },
  };
}
