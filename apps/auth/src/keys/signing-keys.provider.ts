import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { jwks, Out } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { CONFIG } from '@orion/service';
import type { AuthConfig } from '../auth.config';
import type { PrismaClient, SigningKey } from '../generated/prisma/client';
import { newKeyPair } from './key-pair.factory';
import { unseal } from './private-key.cipher';
import { isDue, publishedSince } from './rotation';
import { SigningKeyRepository } from './signing-key.repository';

/** Another instance may rotate the key; a retired one is published far longer than this. */
const REMEMBERED_MS = 60_000;

export interface ActiveKey {
  id: string;
  privateKey: KeyObject;
  createdAt: Date;
}

@Injectable()
export class SigningKeys implements OnModuleInit {
  private remembered?: { key: ActiveKey; until: number };

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly keys: SigningKeyRepository,
    @Inject(CONFIG) private readonly config: Pick<AuthConfig, 'ORION_ENCRYPTION_KEY'>,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.active();
  }

  /** The key that signs now; made where there is none yet. */
  async active(): Promise<ActiveKey> {
    const now = Date.now();
    if (this.remembered && this.remembered.until > now) return this.remembered.key;
    const key = this.open(await this.ensured());
    this.remembered = { key, until: now + REMEMBERED_MS };
    return key;
  }

  /** Replaces the active key when it has signed for its time. */
  async rotate(now: Date): Promise<void> {
    const { id, createdAt } = await this.active();
    if (!isDue(createdAt, now)) return;
    const next = await newKeyPair(this.config.ORION_ENCRYPTION_KEY);
    await this.database.global(async (tx) => {
      if (await this.keys.retire(tx, id, now)) await this.keys.add(tx, next);
    });
    this.remembered = undefined;
    this.log.info('signing_key_rotate_succeeded', { retired: id });
  }

  /** Public halves of the active key and of those whose tokens may still be alive. */
  async published(now: Date): Promise<Out<typeof jwks>> {
    const keys = await this.database.global((tx) => this.keys.published(tx, publishedSince(now)));
    return {
      keys: keys.map(({ id, modulus, exponent }) => ({
        kty: 'RSA',
        kid: id,
        alg: 'RS256',
        use: 'sig',
        n: modulus,
        e: exponent,
      })),
    };
  }

  private async ensured(): Promise<SigningKey> {
    const find = () => this.database.global((tx) => this.keys.active(tx));
    const found = await find();
    if (found) return found;
    const made = await newKeyPair(this.config.ORION_ENCRYPTION_KEY);
    await this.database.global((tx) => this.keys.add(tx, made));
    const active = await find();
    if (!active) throw new Error('no signing key is active');
    return active;
  }

  private open({ id, privateKey, createdAt }: SigningKey): ActiveKey {
    try {
      const pem = unseal(this.config.ORION_ENCRYPTION_KEY, privateKey, id);
      return { id, privateKey: createPrivateKey(pem), createdAt };
    } catch (cause) {
      throw new Error(
        `signing key ${id} cannot be opened: ORION_ENCRYPTION_KEY is not the one it was sealed with`,
        {
          cause,
        },
      );
    }
  }
}
