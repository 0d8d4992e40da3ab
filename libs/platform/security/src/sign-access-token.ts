import { JwtService } from '@nestjs/jwt';
import {
  TOKEN_ALGORITHM,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_LIFE_S,
  type TokenClaims,
} from './token-claims';

const jwt = new JwtService({});

export interface SigningKey {
  kid: string;
  /** PEM, PKCS #8. */
  privateKey: string;
}

/** An access token as `TokenVerifier` accepts it. @param lifeSeconds from now; ten minutes by default */
export const signAccessToken = (
  claims: Pick<TokenClaims, 'sub' | 'sid' | 'org' | 'prm' | 'act'>,
  { kid, privateKey }: SigningKey,
  lifeSeconds: number = TOKEN_LIFE_S,
): string =>
  jwt.sign(claims, {
    algorithm: TOKEN_ALGORITHM,
    keyid: kid,
    privateKey,
    issuer: TOKEN_ISSUER,
    audience: TOKEN_AUDIENCE,
    expiresIn: lifeSeconds,
  });
