import { JwtService } from '@nestjs/jwt';
import {
  type KeySource,
  permissionDigest,
  type PermissionSource,
  type PublicJwk,
  TOKEN_ALGORITHM,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_LIFE_S,
} from '@orion/security';
import { generateKeyPairSync, randomUUID } from 'node:crypto';

export interface TestClaims {
  userId: string;
  organizationId: string;
  permissions: Iterable<string>;
  sessionId?: string;
  /** Of the API key the token is exchanged for. */
  apiKeyId?: string;
  /** Who acts for the user. */
  impersonatorId?: string;
  /** Seconds; negative for a token that has expired. */
  lifeSeconds?: number;
}

const KEY_ID = 'test';
const minted = new Map<string, readonly string[]>();
let pair: { privateKey: string; publicKey: PublicJwk } | undefined;

function keys(): { privateKey: string; publicKey: PublicJwk } {
  if (pair) return pair;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  pair = {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: { kty: 'RSA', kid: KEY_ID, alg: 'RS256', use: 'sig', n, e },
  };
  return pair;
}

/** The key set that verifies test tokens. */
export const testKeySet = (): { keys: PublicJwk[] } => ({ keys: [keys().publicKey] });

/** The permissions behind the digest of a test token. */
export const testPermissions = (digest: string): readonly string[] | null => minted.get(digest) ?? null;

/** An access token as auth would mint it, signed with a key of this process. */
export function signTestToken(claims: TestClaims): string {
  const permissions = [...claims.permissions];
  const prm = permissionDigest(permissions);
  minted.set(prm, permissions);
  return new JwtService().sign(
    {
      sid: claims.sessionId ?? randomUUID(),
      org: claims.organizationId,
      prm,
      ...(claims.apiKeyId !== undefined && { key: claims.apiKeyId }),
      ...(claims.impersonatorId === undefined ? {} : { act: { sub: claims.impersonatorId } }),
    },
    {
      privateKey: keys().privateKey,
      algorithm: TOKEN_ALGORITHM,
      keyid: KEY_ID,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      subject: claims.userId,
      expiresIn: claims.lifeSeconds ?? TOKEN_LIFE_S,
    },
  );
}

/** For `SecurityModule.forService({ keys })`. */
export class TestKeySource implements KeySource {
  find(kid: string): Promise<PublicJwk | null> {
    return Promise.resolve(kid === KEY_ID ? keys().publicKey : null);
  }
}

/** For `SecurityModule.forService({ permissions })`. */
export class TestPermissionSource implements PermissionSource {
  find(digest: string): Promise<readonly string[] | null> {
    return Promise.resolve(testPermissions(digest));
  }
}
