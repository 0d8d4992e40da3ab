import { type Counted, WINDOW_SECONDS } from './rate-limit';

/** Points taken from the shared counter in advance, and what that counter had left when it was last asked. */
interface Lease {
  /** Points in hand. */
  left: number;
  /** Points the shared counter still has for everybody. */
  shared: number;
  /** Requests counted here in this window. */
  used: number;
  /** Points that came last. */
  lot: number;
  /** Milliseconds, on the clock of `now`. */
  endsAt: number;
  /** Whether points are on their way. */
  asking: boolean;
}

/** What the shared counter answers: how much it has counted with these points, and when its window ends. */
export interface Taken {
  points: number;
  consumed: number;
  endsAt: number;
}

/** No more of what the shared counter has left than this part is taken at once. */
const SHARE = 16;
const MOST_POINTS = 100;
/** Who calls less often in a window gets nothing in advance. */
const FIRST_REQUESTS = 2;
const MOST_LEASES = 100_000;

/**
 * Hands out requests of a shared limit without asking for each: a client that has made n requests in a window gets up
 * to n more in advance, less as the limit comes near, and the next lot is asked for while half of the last is left, so
 * that hardly a request waits for it. Points are counted in the shared counter before they are handed out, and only
 * until its window ends: together all processes never let through more than the limit. What one of them has left over
 * at the end of a window is lost.
 */
export class RateLeases {
  private readonly leases = new Map<string, Lease>();

  constructor(private readonly limit: number) {}

  /** Counts a request against what is in hand or known; undefined where a point has to be taken for it. */
  spend(key: string, now: number): Counted | undefined {
    const lease = this.current(key, now);
    if (!lease) return undefined;
    if (lease.left > 0) {
      lease.left -= 1;
      lease.used += 1;
      return this.counted(lease, now, true);
    }
    return lease.shared > 0 ? undefined : this.counted(lease, now, false);
  }

  /** How many points to take in advance now; they count as asked for until `keep` or `giveUp`. */
  wanted(key: string, now: number): number {
    const lease = this.current(key, now);
    if (!lease || lease.asking || lease.used < FIRST_REQUESTS || lease.left * 2 > lease.lot) return 0;
    const points = Math.min(lease.used, Math.floor(lease.shared / SHARE), MOST_POINTS);
    lease.asking = points > 0;
    return points;
  }

  /** Keeps what was taken in advance. */
  keep(key: string, taken: Taken, now: number): void {
    const { lease, granted } = this.add(key, taken, now);
    lease.left += granted;
    lease.lot = granted;
    lease.asking = false;
  }

  /** Counts a request against the one point that was taken for it. */
  count(key: string, taken: Taken, now: number): Counted {
    const { lease, granted } = this.add(key, taken, now);
    lease.used += 1;
    return this.counted(lease, now, granted > 0);
  }

  /** What was wanted does not come. */
  giveUp(key: string): void {
    const lease = this.leases.get(key);
    if (lease) lease.asking = false;
  }

  private current(key: string, now: number): Lease | undefined {
    const lease = this.leases.get(key);
    return lease && now < lease.endsAt ? lease : undefined;
  }

  private add(
    key: string,
    { points, consumed, endsAt }: Taken,
    now: number,
  ): { lease: Lease; granted: number } {
    const granted = Math.min(points, Math.max(0, this.limit - (consumed - points)));
    const known = this.leases.get(key);
    const lease = known && isSameWindow(known, endsAt) ? known : this.open(key, endsAt, now);
    lease.shared = Math.max(0, this.limit - consumed);
    return { lease, granted };
  }

  private counted({ left, shared, endsAt }: Lease, now: number, allowed: boolean): Counted {
    return { limit: this.limit, remaining: left + shared, resetMs: Math.max(0, endsAt - now), allowed };
  }

  /** A new lease; one of a window that has ended is not kept, and what was taken for it is worth nothing any more. */
  private open(key: string, endsAt: number, now: number): Lease {
    const lease: Lease = { left: 0, shared: 0, used: 0, lot: 0, endsAt, asking: false };
    if (now >= endsAt) return lease;
    this.leases.delete(key);
    this.leases.set(key, lease);
    // Oldest first: what has ended goes, and what is too many.
    for (const [old, { endsAt: ended }] of this.leases) {
      if (ended > now && this.leases.size <= MOST_LEASES) break;
      this.leases.delete(old);
    }
    return lease;
  }
}

/** Ends of one window differ by how long the answers took, those of two by a whole window. */
const isSameWindow = ({ endsAt }: Lease, other: number): boolean =>
  Math.abs(endsAt - other) < (WINDOW_SECONDS * 1000) / 2;
