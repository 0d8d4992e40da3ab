import type { EventContract, EventEnvelope } from '@orion/contracts';
import type { StatementTx } from '@orion/database';

/** Who hears which events. */
export interface Subscriber {
  /** `<service>.<what>`: names the queue and the inbox; never reuse one for another purpose. */
  readonly name: string;
  readonly events: readonly EventContract[];
  /** Whether it may know who did it, from where, and what it changed: its events are `FullEnvelope`s then. */
  readonly provenance?: boolean;
}

/** Reacts to events of other services (or its own) inside one tenant transaction. */
export interface EventConsumer extends Subscriber {
  /**
   * The effect. Runs once for each event, in the event's organization, in the transaction that also remembers
   * the event. Data are validated. Throwing gives the event back, up to 5 tries, then it is a dead letter.
   * @param tx the service's own transaction type
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each service has its own generated client
  handle(tx: any, event: EventEnvelope): Promise<void>;
}

/** For what comes often: takes the effect of all events that share a transaction at once, and publishes none. */
export interface GroupConsumer extends Subscriber {
  /**
   * As `handle` of an EventConsumer, for one event or several of one organization, each of another aggregate. Where it
   * throws, each of them is tried again alone.
   */
  handleTogether(tx: StatementTx, organizationId: string, events: readonly EventEnvelope[]): Promise<void>;
}

export type AnyConsumer = EventConsumer | GroupConsumer;
