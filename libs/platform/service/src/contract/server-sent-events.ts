/** One event of a stream; `id` is what a listener sends back as `Last-Event-ID` to resume. */
export interface StreamEvent<T> {
  id?: string;
  event?: string;
  data: T;
}

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ');

/** The text of one event (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export const eventText = ({ id, event, data }: StreamEvent<unknown>): string =>
  [
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    ...(event === undefined ? [] : [`event: ${oneLine(event)}`]),
    `data: ${JSON.stringify(data)}`,
    '\n',
  ].join('\n');

/** A comment that keeps proxies from closing a silent stream. */
export const HEARTBEAT = ': heartbeat\n\n';
