import { z } from 'zod';

const Message = z.discriminatedUnion('kind', [
  /** Somebody signed in to an organization: tabs of the same one that are somebody else's are out. */
  z.object({ kind: z.literal('entered'), userId: z.string(), organizationId: z.string() }),
  z.object({ kind: z.literal('left'), organizationId: z.string() }),
]);
export type SessionMessage = z.infer<typeof Message>;

/** What the tabs of this origin tell each other about the sessions they share. No token goes this way. */
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
