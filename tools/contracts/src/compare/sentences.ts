import type { Catalogue } from '../catalogue/catalogue';
import type { Change, Subject } from './change';
import { spoken } from './words';

const GUIDE = 'docs/guides/change-a-contract.md';

const eventAfter = (type: string): string =>
  type.replace(/\.v(\d+)$/, (_, n: string) => `.v${Number(n) + 1}`);

/** How to go on without breaking anybody. */
const BESIDE: Readonly<Record<Subject, (entry: string) => string>> = {
  endpoint: () => 'leave it as it was and give the new shape an endpoint of its own beside it',
  event: (type) => `leave it as it was and publish ${eventAfter(type)} beside it`,
  question: () => 'leave it as it was and ask the new question under a pattern of its own',
  'error code': () => 'leave it as it was and add a code of its own',
  permission: () => 'keep it',
  role: () => 'keep what it grants',
  'shared schema': () => 'leave it as it was',
};

const KEPT: Readonly<Partial<Record<Subject, string>>> = {
  endpoint: 'implemented',
  event: 'published',
  question: 'answered',
};

/** `calendar.read (GET /api/v1/calendar/bookings/:id)` */
function labelOf(change: Change, catalogues: readonly Catalogue[]): string {
  const names = change.entries.map((entry) => {
    const door =
      change.subject === 'endpoint' ? catalogues.map((it) => it.endpoints[entry]).find(Boolean) : undefined;
    return door && change.entries.length === 1 ? `${entry} (${door.method} ${door.path})` : entry;
  });
  const told = change.subject === 'endpoint' || change.subject === 'event' ? '' : `${change.subject} `;
  return told + spoken(names);
}

/** Who stands on what changed, in words. */
export function concerned(change: Change, consumers: readonly string[]): string {
  const outside = [
    ...(change.subject === 'endpoint' ? ['integrators'] : []),
    ...change.webhooks.map((it) => `webhook subscribers of ${it}`),
  ];
  const inside = consumers.length === 0 && outside.length === 0 ? ['nobody in this repository'] : consumers;
  return spoken([...inside, ...outside]);
}

/** What happened, as one clause. */
export const clauseOf = (change: Change, catalogues: readonly Catalogue[]): string =>
  `${labelOf(change, catalogues)}: ${change.text}`;

/** One sentence for one breaking change: what, whom it concerns, what to do next. */
export function breakage(
  change: Change,
  consumers: readonly string[],
  catalogues: readonly Catalogue[],
  major: string,
): string {
  const kept = KEPT[change.subject];
  const service = kept ? ` (${kept} by ${spoken(change.services)})` : '';
  const way = BESIDE[change.subject](change.entries[0] ?? '');
  return (
    `${clauseOf(change, catalogues)}, which concerns ${concerned(change, consumers)}${service}; ` +
    `${way}, or take the step to contracts ${major} (${GUIDE}).`
  );
}
