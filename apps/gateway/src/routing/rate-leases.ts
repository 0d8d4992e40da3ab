import { type Counted, WINDOW_SECONDS } from './rate-limit';

/** Points taken from the shared counter in advance, and what that counter had left when it was last asked. */
interface Lease {
  /** Points in hand. */
  left: number;
  /** Points the shared counter still has for everybody. */
  shared: number;
  /** Requests counted here in this window. */
  used: number;
  /** Milliseconds, on the clock of `now`. */
  endsAt: number;
  /** Whether the shared counter is being asked at present. */
  asking: boolean;
}

/** What the shared counter answers: how much it has counted with this, and how long its window lasts still. */
export interface Taken {
  points: number;
  consumed: number;
  endsAt: number;
}

/** No more of what the shared counter has left than this part is taken at once. */
const SHARE = 16;
const MOST_POINTS = 100;
const MOST_LEASES = 100_000;

/**
 * Hands out requests of a shared limit without asking for each: a client that has made n requests in a window gets up
 * to n more in advance, less as the limit comes near, so that one who calls seldom takes nothing it will not use. Points
 * are counted in the shared counter before they are handed out, and only until its window ends: together all processes
 * never let through more than the limit. What one of them has left over at the end of a window is lost.
 */
export class RateLeases {
  private readonly leases = new Map<string, Lease>();

  constructor(private readonly limit: number) {}

  /** Counts a request against what is in hand or known; undefined where the shared counter has to be asked. */
  spend(key: string, now: number): Counted | undefined {
    const lease = this.leases.get(key);
    if (!lease || now >= lease.endsAt) return undefined;
    if (lease.left > 0) {
      lease.left -= 1;
      lease.used += 1;
      return this.counted(lease, now, true);
    }
    return lease.shared > 0 ? undefined : this.counted(lease, now, false);
  }

  /** How many points to take from the shared counter, this request's own included. */
  pointsToTake(key: string, now: number): number {
    const lease = this.leases.get(key);
    if (!lease || now >= lease.endsAt || lease.asking) return 1;
    lease.asking = true;
    return 1 + Math.min(lease.used, Math.floor(lease.shared / SHARE), MOST_POINTS);
  }

  /** Keeps what was taken and counts the request it was taken for. */
  keep(key: string, { points, consumed, endsAt }: Taken, now: number): Counted {
    const granted = Math.min(points, Math.max(0, this.limit - (consumed - points)));
    const shared = Math.max(0, this.limit - consumed);
    // An answer that comes after its window: the request was counted in it, the rest is worth nothing any more.
    if (now >= endsAt) return { limit: this.limit, remaining: shared, resetMs: 0, allowed: granted > 0 };
    const known = this.leases.get(key);
    const lease = known && isSameWindow(known, endsAt) ? known : this.open(key, endsAt, now);
    lease.left += Math.max(0, granted - 1);
    lease.used += 1;
    lease.shared = shared;
    lease.asking = false;
    return this.counted(lease, now, granted > 0);
  }

  /** The shared counter did not answer. */
  giveUp(key: string): void {
    const lease = this.leases.get(key);
    if (lease) lease.asking = false;
  }

  private counted({ left, shared, endsAt }: Lease, now: number, allowed: boolean): Counted {
    return { limit: this.limit, remaining: left + shared, resetMs: Math.max(0, endsAt - now), allowed };
  }

  private open(key: string, endsAt: number, now: number): Lease {
    const lease: Lease = { left: 0, shared: 0, used: 0, endsAt, asking: false };
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
