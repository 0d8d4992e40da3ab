import { Inject, Injectable } from '@nestjs/common';
import { type EventContract, producerOf } from '@orion/contracts';
import { Database, type RawTx } from '@orion/database';
import { currentContext } from '@orion/logger';
import { v7 as uuid } from 'uuid';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { buildEnvelope, type Fact } from './envelope';

/** Channel of the hint that rows wait in the outbox. */
export const OUTBOX_CHANNEL = 'orion_outbox';

/** Locks the aggregate's row, so its sequence has no gaps and rows commit in its order. */
const INSERT = `
  WITH next AS (
    INSERT INTO platform.aggregate_sequence (organization_id, aggregate_id, last) VALUES ($1::uuid, $2, 1)
    ON CONFLICT (organization_id, aggregate_id) DO UPDATE SET last = aggregate_sequence.last + 1
    RETURNING last)
  INSERT INTO platform.outbox (id, organization_id, aggregate_id, sequence, type, envelope)
  SELECT $3::uuid, $1::uuid, $2, last, $4, $5 FROM next
  RETURNING sequence`;

/** Publishes events as part of the transaction that changes the state: both happen, or neither. */
@Injectable()
export class Outbox {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly database: Database,
  ) {}

  /** @throws ZodError where the data break the contract */
  async publish<E extends EventContract>(
    tx: RawTx,
    contract: E,
    fact: Fact<E>,
  ): Promise<{ id: string; sequence: number }> {
    if (producerOf(contract.type) !== this.options.service) {
      throw new Error(
        `${contract.type} is published by ${producerOf(contract.type)}, not by ${this.options.service}`,
      );
    }
    const id = uuid();
    const envelope = buildEnvelope(contract, fact, { id, now: new Date(), context: currentContext() });
    const [row] = await tx.$queryRawUnsafe<{ sequence: bigint }[]>(
      INSERT,
      fact.organizationId,
      fact.subject,
      id,
      contract.type,
      JSON.stringify(envelope),
    );
    if (!row) throw new Error(`${contract.type}: the outbox took no row`);
    await this.database.notify(tx, OUTBOX_CHANNEL);
    return { id, sequence: Number(row.sequence) };
  }
}
