import type { EventContract, EventEnvelope } from '@orion/contracts';

/** Reacts to events of other services (or its own) inside one tenant transaction. */
export interface EventConsumer {
  /** `<service>.<what>`: names the queue and the inbox; never reuse one for another purpose. */
  readonly name: string;
  readonly events: readonly EventContract[];
  /**
   * The effect. Runs once for each event, in the event's organization, in the transaction that also remembers
   * the event. Data are validated. Throwing gives the event back, up to 5 tries, then it is a dead letter.
   * @param tx the service's own transaction type
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each service has its own generated client
  handle(tx: any, event: EventEnvelope): Promise<void>;
}
