import { eventContract } from '@orion/contracts';
import { MESSAGE_TELLERS } from './tell-messages';
import { PEOPLE_TELLERS } from './tell-people';
import { SCHEDULING_TELLERS } from './tell-scheduling';

const TELLERS = new Map([...PEOPLE_TELLERS, ...SCHEDULING_TELLERS, ...MESSAGE_TELLERS]);

/** Longest text of a line, in characters. */
export const TEXT_LIMIT = 300;

const clip = (text: string): string =>
  text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT - 1)}…`;

/** Types that have words of their own; the rest is told by the summary of its contract. */
export const toldTypes = (): string[] => [...TELLERS.keys()];

/** What happened, in one short line for people. */
export function activityText(event: { type: string; data: unknown }): string {
  const tell = TELLERS.get(event.type);
  return clip(tell ? tell(event.data) : (eventContract(event.type)?.summary ?? event.type));
}

interface AboutAnOrder {
  serviceOrderId?: unknown;
  job?: { serviceOrderId?: unknown };
}

/** The service order an event is about; null where it is about something else. */
export function serviceOrderOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const { serviceOrderId, job } = data as AboutAnOrder;
  const id = serviceOrderId ?? job?.serviceOrderId;
  return typeof id === 'string' ? id : null;
}
