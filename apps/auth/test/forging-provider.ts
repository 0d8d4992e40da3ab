import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

export interface Forgery {
  claims?: JWTPayload & Record<string, unknown>;
  /** Signs with a key that is not among those it publishes. */
  foreignKey?: boolean;
  unsigned?: boolean;
  /** Answers the token request with this status. */
  status?: number;
}

/** A provider that says of anybody whatever a test wants it to. */
export class ForgingProvider {
  readonly clientId = 'orion';
  /** What it answers the next code with. */
  next: Forgery = {};
  /** Fields of its metadata that are not as they should be. */
  metadata: Record<string, unknown> = {};

  private constructor(
    private readonly server: Server,
    private readonly keys: { own: Keys; foreign: Keys },
  ) {}

  static async start(): Promise<ForgingProvider> {
    const pair = () => generateKeyPair('RS256', { extractable: true });
    const server = createServer();
    const provider = new ForgingProvider(server, { own: await pair(), foreign: await pair() });
    server.on('request', (request, response) => {
      request.resume();
      void provider.answer(request.url ?? '').then(({ status = 200, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(path: string): Promise<{ status?: number; body: object }> {
    const { issuer } = this;
    if (path.includes('openid-configuration')) {
      const of = (name: string) => `${issuer}/${name}`;
      const body = {
        issuer,
        authorization_endpoint: of('authorize'),
        token_endpoint: of('token'),
        jwks_uri: of('jwks'),
        ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
      };
      return { body: { ...body, ...this.metadata } };
    }
    if (path === '/jwks') {
      const key = await exportJWK(this.keys.own.publicKey);
      return { body: { keys: [{ ...key, kid: 'own', alg: 'RS256', use: 'sig' }] } };
    }
    const { status } = this.next;
    if (status !== undefined)
      return { status, body: { error: status < 500 ? 'invalid_grant' : 'server_error' } };
    return {
      body: { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: await this.idToken() },
    };
  }

  private idToken(): Promise<string> | string {
    const { claims = {}, foreignKey = false, unsigned = false } = this.next;
    const now = Math.floor(Date.now() / 1000);
    const standard = { iss: this.issuer, aud: this.clientId, iat: now, exp: now + 60, sub: 'somebody' };
    const payload = { ...standard, ...claims };
    if (unsigned) return new UnsecuredJWT(payload).encode();
    const { privateKey } = foreignKey ? this.keys.foreign : this.keys.own;
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(privateKey);
  }
}
