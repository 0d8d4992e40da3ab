import type { LimitGap } from './limits';
import type { Named, Schema } from './schema';

/** Where something the sending side may send is not what the taking side takes. */
export type Fault =
  /** Sent, but not known to the taker, who refuses what it does not know. */
  | { kind: 'unknown' }
  /** Required by the taker, never sent. */
  | { kind: 'absent' }
  /** Known to the taker as optional, never sent. */
  | { kind: 'vanished' }
  /** Required by the taker, but may be left out. */
  | { kind: 'optional' }
  /** Sent under this other name. */
  | { kind: 'renamed'; other: string }
  | { kind: 'null' }
  | { kind: 'values'; values: readonly unknown[] }
  /** Any value may be sent, only these are taken. */
  | { kind: 'free'; values: readonly unknown[] }
  | { kind: 'type'; sent: string; taken: string }
  | { kind: 'default'; sent: unknown; taken: unknown }
  | ({ kind: 'limit' } & LimitGap);

export type Gap = Fault & {
  /** Where: `job.number`, `items[].id`, `attributes.*`; empty for the whole. */
  path: string;
  /** The named schema it lies in, and where there. */
  within?: { name: string; path: string };
};

export interface Rules {
  /** The taker refuses fields it does not know (requests); otherwise it leaves them (replies, events). */
  closed: boolean;
  /** A field the taker knows must stay, though optional. */
  keeps: boolean;
  /** The taker fills in what is left out, so that another default is another effect. */
  defaults: boolean;
}

export interface Place {
  path: string;
  within?: { name: string; path: string };
}

/** Everything one comparison needs on its way down. */
export interface Walk {
  rules: Rules;
  sent: Named;
  taken: Named;
  /** Pairs of references on the way to here: a schema that holds itself ends there. */
  open: ReadonlySet<string>;
  compare(sent: Schema, taken: Schema, place: Place, walk: Walk): Gap[];
}

export const gapAt = (place: Place, fault: Fault): Gap => ({
  ...fault,
  path: place.path,
  ...(place.within ? { within: place.within } : {}),
});

const joined = (path: string, step: string): string =>
  step.startsWith('[') || path === '' ? path + step : `${path}.${step}`;

/** @param step a field's name, `[]` for the items of a list, `*` for any field */
export const below = ({ path, within }: Place, step: string): Place => ({
  path: joined(path, step),
  ...(within ? { within: { name: within.name, path: joined(within.path, step) } } : {}),
});
