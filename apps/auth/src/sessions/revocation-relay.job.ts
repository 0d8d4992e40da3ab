import { Injectable } from '@nestjs/common';
import { Cache } from '@orion/cache';
import { type PeriodicJob } from '@orion/database';
import { SharedRevocations } from '@orion/security';
import { RevocationRepository, REVOCATIONS_CHANNEL } from './revocation.repository';

/** Redis may have lost everything, and a transaction may commit later than another that began after it. */
const OVERLAP_MS = 30_000;

/** Tells Redis what the database holds, so that every service hears of it. */
@Injectable()
export class RevocationRelay implements PeriodicJob {
  readonly name = 'auth.revocation-relay';
  readonly everyMs = 1_000;
  readonly wake = REVOCATIONS_CHANNEL;
  private told = 0;

  constructor(
    private readonly revocations: RevocationRepository,
    private readonly shared: SharedRevocations,
    private readonly cache: Cache,
  ) {}

  async run(): Promise<boolean> {
    if (!this.cache.available) return false;
    const since = (await this.shared.isEmpty()) ? 0 : this.told - OVERLAP_MS;
    const items = await this.revocations.since(Math.max(0, since));
    await this.shared.tell(items);
    this.told = items.at(-1)?.at ?? this.told;
    return false;
  }
}
