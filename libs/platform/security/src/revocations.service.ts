import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@orion/logger';
import { type RevocableClaims, RevocationList } from './revocation';
import { REVOCATION_SOURCE, type RevocationSource } from './sources';

const EVERY_MS = 1_000;
/** A transaction may commit later than another that began after it. */
const OVERLAP_MS = 30_000;

/**
 * Which access tokens count no longer, kept in memory and brought up to date every second. While neither Redis nor
 * auth can be asked, what is known goes on counting and tokens end by themselves after ten minutes.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly list = new RevocationList();
  private readonly watched = new Map<() => void, RevocableClaims>();
  private newest = 0;
  private failing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(REVOCATION_SOURCE) private readonly source: RevocationSource,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => void this.keepUp(), 0).unref();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  covers(claims: RevocableClaims): boolean {
    return this.list.covers(claims);
  }

  /** Calls `end` once as soon as a token with these claims counts no longer. @returns stops watching */
  watch(claims: RevocableClaims, end: () => void): () => void {
    this.watched.set(end, claims);
    return () => void this.watched.delete(end);
  }

  private async keepUp(): Promise<void> {
    await this.read();
    if (this.timer) this.timer = setTimeout(() => void this.keepUp(), EVERY_MS).unref();
  }

  private async read(): Promise<void> {
    try {
      const items = await this.source.since(Math.max(0, this.newest - OVERLAP_MS));
      const now = performance.now();
      for (const it of items) {
        this.list.add(it, now);
        this.newest = Math.max(this.newest, it.at);
      }
      this.list.prune(now);
      if (items.length > 0) this.tell();
      if (this.failing) this.log.info('token_revocations_available');
      this.failing = false;
    } catch (error) {
      if (!this.failing && this.timer) this.log.warn('token_revocations_unavailable', { error });
      this.failing = true;
    }
  }

  private tell(): void {
    for (const [end, claims] of this.watched) {
      if (!this.list.covers(claims)) continue;
      this.watched.delete(end);
      end();
    }
  }
}
