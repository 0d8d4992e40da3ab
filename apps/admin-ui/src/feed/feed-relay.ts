import { Activity as ActivityShape } from '@orion/contracts';
import { z } from 'zod';

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('happened'), activity: ActivityShape }),
  z.object({ kind: z.literal('connected'), connected: z.boolean() }),
  /** A tab that has just opened asks the one that listens whether it is connected. */
  z.object({ kind: z.literal('ask') }),
]);
export type FeedMessage = z.output<typeof Message>;

export interface FeedLine {
  send(message: FeedMessage): void;
  close(): void;
}

/** Lets one tab listen to the platform and tell the others: a browser allows few connections to one host. */
export interface FeedRelay {
  open(name: string, heard: (message: FeedMessage) => void): FeedLine;
  /** Runs `work` once it is this tab's turn to listen, until the signal ends it. */
  lead(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void>;
}

/** The browser's broadcast channel and locks; without them each tab listens for itself. */
export function tabRelay(): FeedRelay {
  const shared = 'BroadcastChannel' in globalThis && 'locks' in navigator;
  if (!shared)
    return { open: () => ({ send: () => undefined, close: () => undefined }), lead: (_, __, work) => work() };
  return {
    open(name, heard) {
      const channel = new BroadcastChannel(name);
      channel.addEventListener('message', (event: MessageEvent) => {
        const parsed = Message.safeParse(event.data);
        if (parsed.success) heard(parsed.data);
      });
      return { send: (message) => channel.postMessage(message), close: () => channel.close() };
    },
    lead: (name, signal, work) => navigator.locks.request(name, { signal }, work),
  };
}
