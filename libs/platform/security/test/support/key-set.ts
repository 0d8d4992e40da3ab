import { API_PREFIX, jwks } from '@orion/contracts';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PublicJwk } from '../../src';

export interface Pair {
  kid: string;
  privateKey: string;
  jwk: PublicJwk;
  publicKey: KeyObject;
}

export function pair(kid: string): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    publicKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    jwk: { kty: 'RSA', kid, alg: 'RS256', use: 'sig', n, e },
  };
}

export const [first, second] = [pair('first'), pair('second')];

/** Auth's key set over HTTP, as the test wants it at the moment. */
export class KeySet {
  keys: PublicJwk[] = [first.jwk];
  down = false;
  fetches = 0;
  private readonly server: Server = createServer((request, response) => {
    this.fetches += 1;
    if (this.down || request.url !== API_PREFIX + jwks.path) response.writeHead(500).end();
    else response.end(JSON.stringify({ keys: this.keys }));
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
