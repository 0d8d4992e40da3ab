import { type Client } from '@orion/client';
import { listActivity, streamActivity, type Activity as ActivityShape } from '@orion/contracts';
import { type z } from 'zod';
import { isProblem } from '../shared/problem';
import { type FeedLine, type FeedMessage, type FeedRelay } from './feed-relay';

export type Activity = z.output<typeof ActivityShape>;

export interface FeedState {
  /** `interrupted`: the connection was lost and is being made again. `off`: this person may not see the feed. */
  status: 'connecting' | 'live' | 'interrupted' | 'off';
  /** Newest first. */
  items: readonly Activity[];
  /** When the connection was lost, in milliseconds since 1970. */
  lostAt: number | null;
}

const KEPT = 200;
const FIRST_PAGE = 40;
const AGAIN_MS = 5_000;
const NOTHING: FeedState = { status: 'connecting', items: [], lostAt: null };

/** The activity feed of the organization: what happened before, then what happens, without a gap or a repetition. */
export class Feed {
  private state = NOTHING;
  private leading = false;
  private readonly watchers = new Set<() => void>();
  private readonly hearers = new Set<(activity: Activity) => void>();

  constructor(
    private readonly client: Client,
    private readonly relay: FeedRelay,
  ) {}

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

  /** Follows an organization's feed until the signal ends it; only one tab of the browser listens to the platform. */
  async follow(organizationId: string, signal: AbortSignal): Promise<void> {
    const name = `orion-feed ${organizationId}`;
    this.become(NOTHING);
    const line = this.relay.open(name, (message) => this.told(message, line));
    signal.addEventListener('abort', () => line.close(), { once: true });
    line.send({ kind: 'ask' });
    await this.persist(signal, () => this.before(signal));
    if (this.state.status === 'off') return;
    await this.relay
      .lead(name, signal, () => this.persist(signal, () => this.listen(line, signal)))
      .catch(() => undefined);
    this.leading = false;
  }

  /** Runs `work` again while it fails for a reason that may pass. */
  private async persist(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return;
        if (isProblem(error, 403)) return this.become({ ...this.state, status: 'off' });
        this.lost();
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
  }

  private async before(signal: AbortSignal): Promise<void> {
    const { items } = await this.client.call(listActivity, { query: { limit: FIRST_PAGE } }, { signal });
    const known = new Set(items.map(({ position }) => position));
    const since = this.state.items.filter(({ position }) => !known.has(position));
    this.become({ ...this.state, items: [...since, ...items] });
  }

  private async listen(line: FeedLine, signal: AbortSignal): Promise<void> {
    this.leading = true;
    const last = this.state.items[0]?.position ?? 0;
    await this.client.stream(
      streamActivity,
      { query: { after: last } },
      {
        lastEventId: String(last),
        signal,
        onEvent: ({ data }) => {
          line.send({ kind: 'happened', activity: data });
          this.add(data);
        },
        onConnected: (connected) => {
          line.send({ kind: 'connected', connected });
          this.connected(connected);
        },
      },
    );
  }

  private told(message: FeedMessage, line: FeedLine): void {
    if (message.kind === 'ask') {
      if (this.leading) line.send({ kind: 'connected', connected: this.state.status === 'live' });
    } else if (message.kind === 'happened') this.add(message.activity);
    else this.connected(message.connected);
  }

  private add(activity: Activity): void {
    const newest = this.state.items[0]?.position ?? 0;
    if (activity.position <= newest) return;
    this.become({ ...this.state, items: [activity, ...this.state.items].slice(0, KEPT) });
    for (const hearer of this.hearers) hearer(activity);
  }

  private connected(connected: boolean): void {
    if (connected) this.become({ ...this.state, status: 'live', lostAt: null });
    else this.lost();
  }

  private lost(): void {
    this.become({ ...this.state, status: 'interrupted', lostAt: this.state.lostAt ?? Date.now() });
  }

  private become(state: FeedState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
