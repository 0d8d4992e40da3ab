import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import type { PrismaClient } from '../generated/prisma/client';
import { activityChannel, type ActivityLine, ActivityRepository } from './activity.repository';
import { OrganizationTail } from './organization-tail';

/** Milliseconds between two looks at the database where no hint arrives. */
const POLL_MS = 2_000;
const BATCH = 200;

interface Followed {
  tail: OrganizationTail<ActivityLine>;
  ready: Promise<void>;
  followers: number;
  waiting: Set<() => void>;
  reading: boolean;
  again: boolean;
  stop: () => void;
}

/** The live feed: one reader of the database for each organization that has listeners in this process. */
@Injectable()
export class ActivityFeed implements BeforeApplicationShutdown {
  private readonly followed = new Map<string, Followed>();
  private closed = false;

  constructor(
    private readonly activities: ActivityRepository,
    private readonly database: Database<PrismaClient>,
    private readonly log: Log,
  ) {}

  /**
   * Every line after a position, in order, none twice, then those to come; from now on without a position.
   * Lines are fetched as they are taken: a slow listener keeps a batch of its own at most.
   * @param until milliseconds since 1970 at which it ends
   */
  async *follow(
    organizationId: string,
    after: number | undefined,
    until: number,
  ): AsyncGenerator<ActivityLine> {
    const it = await this.join(organizationId);
    try {
      let position = await this.start(organizationId, it, after);
      while (!this.closed && Date.now() < until) {
        const lines =
          it.tail.after(position, BATCH) ?? (await this.activities.after(organizationId, position, BATCH));
        for (const line of lines) {
          if (Date.now() >= until) return;
          yield line;
          position = line.position;
        }
        if (lines.length === 0) await this.change(it, Math.min(POLL_MS, until - Date.now()));
      }
    } finally {
      this.leave(organizationId, it);
    }
  }

  beforeApplicationShutdown(): void {
    this.closed = true;
    for (const it of this.followed.values()) this.wake(it);
  }

  /** A position nobody has reached yet, such as one of another database, counts as the newest. */
  private async start(organizationId: string, it: Followed, after: number | undefined): Promise<number> {
    if (after === undefined) return it.tail.last;
    return after <= it.tail.last ? after : Math.min(after, await this.activities.last(organizationId));
  }

  private async join(organizationId: string): Promise<Followed> {
    const it = this.followed.get(organizationId) ?? this.open(organizationId);
    it.followers += 1;
    try {
      await it.ready;
      return it;
    } catch (error) {
      this.leave(organizationId, it);
      throw error;
    }
  }

  private open(organizationId: string): Followed {
    const it: Followed = {
      tail: new OrganizationTail(0),
      ready: this.activities.last(organizationId).then((last) => {
        it.tail = new OrganizationTail(last);
      }),
      followers: 0,
      waiting: new Set(),
      reading: false,
      again: false,
      stop: () => {
        clearInterval(timer);
        unlisten();
      },
    };
    const read = () => void it.ready.then(() => this.read(organizationId, it)).catch(() => undefined);
    const unlisten = this.database.listen(activityChannel(organizationId), read);
    const timer = setInterval(read, POLL_MS);
    this.followed.set(organizationId, it);
    return it;
  }

  private leave(organizationId: string, it: Followed): void {
    it.followers -= 1;
    if (it.followers > 0) return;
    it.stop();
    if (this.followed.get(organizationId) === it) this.followed.delete(organizationId);
  }

  private async read(organizationId: string, it: Followed): Promise<void> {
    it.again = true;
    if (it.reading || this.closed) return;
    it.reading = true;
    try {
      while (it.again && !this.closed) {
        it.again = false;
        const lines = await this.activities.after(organizationId, it.tail.last, BATCH);
        it.tail.append(lines);
        if (lines.length > 0) this.wake(it);
        it.again ||= lines.length === BATCH;
      }
    } catch (error) {
      this.log.warn('activity_read_failed', { error });
    } finally {
      it.reading = false;
    }
  }

  private change(it: Followed, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        it.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, withinMs));
      it.waiting.add(done);
    });
  }

  private wake(it: Followed): void {
    for (const done of [...it.waiting]) done();
  }
}
