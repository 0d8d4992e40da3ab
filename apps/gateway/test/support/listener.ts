import { API_PREFIX } from '@orion/contracts';

export interface Listener {
  positions: number[];
  texts: string[];
  /** Settles when the stream ends, on whichever side. */
  ended: Promise<void>;
  stop(): void;
}

/** A listener of the live feed that reads the stream's text itself. */
export async function listen(
  url: string,
  token: string,
  { lastEventId, after }: { lastEventId?: number; after?: number } = {},
): Promise<Listener> {
  const leaving = new AbortController();
  const query = after === undefined ? '' : `?after=${after}`;
  const response = await fetch(`${url}${API_PREFIX}/activity/stream${query}`, {
    signal: leaving.signal,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    },
  });
  if (response.status !== 200 || !response.body) throw new Error(`the stream answered ${response.status}`);
  const positions: number[] = [];
  const texts: string[] = [];
  const { body } = response;
  const read = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (id === undefined || data === undefined) continue;
        positions.push(Number(id));
        texts.push((JSON.parse(data) as { text: string }).text);
      }
    }
  };
  return { positions, texts, ended: read().catch(() => undefined), stop: () => leaving.abort() };
}
