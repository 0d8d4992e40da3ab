import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@orion/service';
import { parse, stringify } from 'uuid';
import type { AuthConfig } from '../auth.config';

const ORGANIZATION_BYTES = 16;
const SECRET_BYTES = 32;
const SHAPE = /^[\w-]{64}$/;

/**
 * A refresh token is base64url of the organization's id and 32 secret bytes. The id lets its hash be looked up under
 * row-level security; a false one finds nothing. A successor is derived from its predecessor and a key of this
 * service, so that it can be given again without being stored.
 */
@Injectable()
export class RefreshTokenCodec {
  private readonly key: Uint8Array;

  constructor(@Inject(CONFIG) config: Pick<AuthConfig, 'ORION_ENCRYPTION_KEY'>) {
    this.key = new Uint8Array(
      hkdfSync('sha256', config.ORION_ENCRYPTION_KEY, '', 'orion refresh successor', 32),
    );
  }

  first(organizationId: string): string {
    return encode(parse(organizationId), randomBytes(SECRET_BYTES));
  }

  successor(token: string): string {
    const secret = createHmac('sha256', this.key).update(token).digest();
    return encode(Buffer.from(token, 'base64url').subarray(0, ORGANIZATION_BYTES), secret);
  }

  /** Undefined for what is no refresh token at all. */
  organizationOf(token: string): string | undefined {
    if (!SHAPE.test(token)) return undefined;
    try {
      return stringify(Buffer.from(token, 'base64url').subarray(0, ORGANIZATION_BYTES));
    } catch {
      return undefined;
    }
  }

  /** What is stored of a token. */
  hash(token: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(createHash('sha256').update(token).digest());
  }
}

const encode = (organization: Uint8Array, secret: Uint8Array): string =>
  Buffer.concat([organization, secret]).toString('base64url');
