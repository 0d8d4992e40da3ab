import { Tokens } from '@orion/contracts';
import { z } from 'zod';

const Message = z.discriminatedUnion('kind', [
  /** A new tab asks the others whether somebody is signed in. */
  z.object({ kind: z.literal('ask') }),
  z.object({ kind: z.literal('answer'), tokens: Tokens }),
  /** A tab exchanged the refresh token they share; the old one must not be used again. */
  z.object({ kind: z.literal('renewed'), replaced: z.string(), tokens: Tokens }),
  z.object({ kind: z.literal('left'), refreshToken: z.string() }),
]);
export type SessionMessage = z.infer<typeof Message>;

/** Lets the tabs of this origin share one session, so that a link opens in a new tab without another sign-in. */
export interface SessionChannel {
  send(message: SessionMessage): void;
  listen(heard: (message: SessionMessage) => void): void;
  /** Runs `work` while no other tab runs theirs. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

const NAME = 'orion-session';

/** The browser's broadcast channel and locks; without them each tab is on its own. */
export function tabChannel(): SessionChannel {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null;
  return {
    send: (message) => channel?.postMessage(message),
    listen: (heard) => {
      channel?.addEventListener('message', (event: MessageEvent) => {
        const parsed = Message.safeParse(event.data);
        if (parsed.success) heard(parsed.data);
      });
    },
    exclusive: (work) => (navigator.locks ? navigator.locks.request(NAME, work) : work()),
  };
}
