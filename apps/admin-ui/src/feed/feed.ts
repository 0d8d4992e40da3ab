import { isPassing, type Client } from '@orion/client';
import { listActivity, streamActivity, type Activity as ActivityShape } from '@orion/contracts';
import { type z } from 'zod';

export type Activity = z.output<typeof ActivityShape>;

export interface FeedState {
  /** `interrupted`: the connection was lost and is being made again. */
  status: 'connecting' | 'live' | 'interrupted';
  /** Newest first. */
  items: readonly Activity[];
  /** When the connection was lost, in milliseconds since 1970. */
  lostAt: number | null;
}

const KEPT = 200;
const FIRST_PAGE = 40;
const AGAIN_MS = 5_000;

/** The activity feed of the organization: what happened before, then what happens, without a gap or a repetition. */
export class Feed {
  private state: FeedState = { status: 'connecting', items: [], lostAt: null };
  private readonly watchers = new Set<() => void>();
  private readonly hearers = new Set<(activity: Activity) => void>();

  constructor(private readonly client: Client) {}

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): FeedState => this.state;

  /** Tells `hearer` each activity as it happens; what happened before it began to listen is not told. */
  hear(hearer: (activity: Activity) => void): () => void {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  /** Follows the feed until the signal ends it; what was known of an earlier organization is forgotten. */
  async follow(signal: AbortSignal): Promise<void> {
    this.become({ status: 'connecting', items: [], lostAt: null });
    while (!signal.aborted) {
      const goOn = await this.once(signal).catch((error: unknown) => {
        if (!signal.aborted) this.lost();
        return isPassing(error) || !(error instanceof Error) || error.name !== 'ApiProblem';
      });
      if (!goOn || signal.aborted) return;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }

  private async once(signal: AbortSignal): Promise<boolean> {
    if (this.state.items.length === 0) {
      const { items } = await this.client.call(listActivity, { query: { limit: FIRST_PAGE } }, { signal });
      this.become({ ...this.state, items });
    }
    const last = this.state.items[0]?.position ?? 0;
    await this.client.stream(
      streamActivity,
      { query: { after: last } },
      {
        lastEventId: String(last),
        signal,
        onEvent: ({ data }) => this.add(data),
        onConnected: (connected) =>
          connected ? this.become({ ...this.state, status: 'live', lostAt: null }) : this.lost(),
      },
    );
    return true;
  }

  private add(activity: Activity): void {
    const newest = this.state.items[0]?.position ?? 0;
    if (activity.position <= newest) return;
    this.become({ ...this.state, items: [activity, ...this.state.items].slice(0, KEPT) });
    for (const hearer of this.hearers) hearer(activity);
  }

  private lost(): void {
    this.become({ ...this.state, status: 'interrupted', lostAt: this.state.lostAt ?? Date.now() });
  }

  private become(state: FeedState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
