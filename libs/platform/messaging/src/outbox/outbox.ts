import { Inject, Injectable } from '@nestjs/common';
import { type EventContract, producerOf } from '@orion/contracts';
import { Database } from '@orion/database';
import { currentContext } from '@orion/logger';
import { v7 as uuid } from 'uuid';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { buildEnvelope, type Fact } from './envelope';

/** Channel of the hint that rows wait in the outbox. */
export const OUTBOX_CHANNEL = 'orion_outbox';

/** Locks the aggregate's row, so its sequence has no gaps and rows commit in its order. */
const INSERT = {
  name: 'outbox_insert',
  text: `
  WITH next AS (
    INSERT INTO platform.aggregate_sequence (organization_id, aggregate_id, last) VALUES ($1::uuid, $2, 1)
    ON CONFLICT (organization_id, aggregate_id) DO UPDATE SET last = aggregate_sequence.last + 1
    RETURNING last)
  INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope)
  SELECT $3::uuid, $1::uuid, $2, last, $4, $5 FROM next
  RETURNING sequence`,
};

/**
 * Publishes events as part of the transaction that changes the state: both happen, or neither.
 * Throws ZodError where the data break the contract.
 */
@Injectable()
export class Outbox {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly database: Database,
  ) {}

  /** The row is written together with the commit, so the aggregate's number is locked for no longer than that. */
  async publish<E extends EventContract>(tx: object, contract: E, fact: Fact<E>): Promise<{ id: string }> {
    const { id, values } = this.rowOf(contract, fact);
    this.database.atCommit(tx, INSERT, values, `${fact.organizationId} ${fact.subject}`);
    await this.database.notify(tx, OUTBOX_CHANNEL);
    return { id };
  }

  /**
   * For a state that keeps its event's sequence: written at once, so the aggregate's number stays locked until the
   * transaction ends. Do it late, and in the same order everywhere.
   */
  async publishNumbered<E extends EventContract>(
    tx: object,
    contract: E,
    fact: Fact<E>,
  ): Promise<{ id: string; sequence: number }> {
    const { id, values } = this.rowOf(contract, fact);
    const { rows } = await this.database.statement<{ sequence: string }>(tx, INSERT, values);
    await this.database.notify(tx, OUTBOX_CHANNEL);
    return { id, sequence: Number(rows[0]?.sequence) };
  }

  private rowOf<E extends EventContract>(contract: E, fact: Fact<E>): { id: string; values: unknown[] } {
    const { type } = contract;
    if (producerOf(type) !== this.options.service) {
      throw new Error(`${type} is published by ${producerOf(type)}, not by ${this.options.service}`);
    }
    const id = uuid();
    const envelope = buildEnvelope(contract, fact, { id, now: new Date(), context: currentContext() });
    return { id, values: [fact.organizationId, fact.subject, id, type, JSON.stringify(envelope)] };
  }
}
