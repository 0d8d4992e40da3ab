import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { BusinessRuleException } from '@orion/problem';
import { createPublicKey } from 'node:crypto';
import { Lru } from './lru';
import { KEY_SOURCE, type KeySource, type PublicJwk } from './sources';
import {
  type Bearer,
  keyIdOf,
  TOKEN_ALGORITHM,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_LEEWAY_S,
  TokenClaims,
} from './token-claims';

const REMEMBERED_TOKENS = 10_000;
const REMEMBERED_KEYS = 32;

const refused = (detail: string) => new BusinessRuleException('UNAUTHENTICATED', detail);

/** Verifies access tokens; one verified before is known by its hash until it expires. */
@Injectable()
export class TokenVerifier {
  private readonly verified = new Lru<TokenClaims>(REMEMBERED_TOKENS);
  private readonly pems = new Lru<string>(REMEMBERED_KEYS);

  constructor(
    private readonly jwt: JwtService,
    @Inject(KEY_SOURCE) private readonly keys: KeySource,
  ) {}

  /** @throws BusinessRuleException UNAUTHENTICATED; UPSTREAM_UNAVAILABLE where no key could be had yet */
  async verify({ token, hash }: Bearer): Promise<TokenClaims> {
    const known = this.verified.get(hash);
    if (known) {
      if (known.exp + TOKEN_LEEWAY_S > Date.now() / 1000) return known;
      this.verified.delete(hash);
      throw refused('The token has expired');
    }
    const kid = keyIdOf(token);
    const key = kid === undefined ? null : await this.keys.find(kid);
    if (!key) throw refused('The token is not one of ours');
    const claims = this.check(token, this.pemOf(key));
    this.verified.set(hash, claims);
    return claims;
  }

  private check(token: string, publicKey: string): TokenClaims {
    try {
      const payload: unknown = this.jwt.verify(token, {
        publicKey,
        algorithms: [TOKEN_ALGORITHM],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        clockTolerance: TOKEN_LEEWAY_S,
      });
      return TokenClaims.parse(payload);
    } catch (error) {
      const expired = error instanceof Error && error.name === 'TokenExpiredError';
      throw refused(expired ? 'The token has expired' : 'The token is not valid');
    }
  }

  private pemOf(key: PublicJwk): string {
    const id = `${key.kid}:${key.n}`;
    const known = this.pems.get(id);
    if (known) return known;
    const pem = createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
    this.pems.set(id, pem);
    return pem;
  }
}
