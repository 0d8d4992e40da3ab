import { Injectable } from '@nestjs/common';
import type { KeySource, PublicJwk } from '@orion/security';
import { SigningKeys } from './signing-keys.provider';

const REMEMBERED_MS = 60_000;

/** auth verifies tokens with the keys it holds itself. A key another instance has just made is looked up at once. */
@Injectable()
export class OwnKeySource implements KeySource {
  private known: readonly PublicJwk[] = [];
  private readAt = -Infinity;

  constructor(private readonly keys: SigningKeys) {}

  async find(kid: string): Promise<PublicJwk | null> {
    const now = Date.now();
    if (now - this.readAt > REMEMBERED_MS || !this.known.some((key) => key.kid === kid)) {
      this.known = (await this.keys.published(new Date(now))).keys;
      this.readAt = now;
    }
    return this.known.find((key) => key.kid === kid) ?? null;
  }
}
