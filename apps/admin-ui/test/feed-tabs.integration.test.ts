import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from '@orion/client';
import { streamActivity } from '@orion/contracts';
import { waitFor } from '@testing-library/react/pure';
import { Feed } from '../src/feed/feed';
import { type FeedMessage, type FeedRelay } from '../src/feed/feed-relay';
import { startPlatform } from './open-app';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
  platform.server.tokens.add('ours');
});
afterEach(() => platform.server.close());

/** What browsers do for tabs of one origin: messages reach the others, one leads and the rest wait in line. */
function browser(): FeedRelay {
  const lines = new Set<(message: FeedMessage) => void>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    open(_, heard) {
      lines.add(heard);
      return {
        send: (message) => lines.forEach((hear) => hear !== heard && hear(message)),
        close: () => lines.delete(heard),
      };
    },
    lead(_, signal, work) {
      const mine = turn.then(() => (signal.aborted ? undefined : work()));
      turn = mine;
      return mine;
    },
  };
}

describe('several tabs', () => {
  it('share one connection, and the next tab takes over where the first one left', async () => {
    const client = createClient({ baseUrl: platform.server.url, token: () => 'ours' });
    const relay = browser();
    const [first, second] = [new Feed(client, relay), new Feed(client, relay)];
    const [stopFirst, stopSecond] = [new AbortController(), new AbortController()];
    const followed = first.follow('lumen', stopFirst.signal);
    await waitFor(() => expect(first.snapshot().status).toBe('live'));
    const done = second.follow('lumen', stopSecond.signal);
    await waitFor(() => expect(second.snapshot().status).toBe('live'));

    platform.tell('scheduling.booking.held', 'one', null);
    await waitFor(() => expect(second.snapshot().items.map(({ text }) => text)).toEqual(['one']));
    expect(platform.server.callsOf(streamActivity)).toHaveLength(1);

    stopFirst.abort();
    await followed;
    platform.tell('scheduling.booking.held', 'two', null);
    await waitFor(() => expect(second.snapshot().items.map(({ text }) => text)).toEqual(['two', 'one']));
    expect(platform.server.callsOf(streamActivity).at(-1)?.headers['last-event-id']).toBe('1');
    stopSecond.abort();
    await done;
  });
});
