import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import { Log } from '@orion/logger';
import { type PrismaClient } from '../generated/prisma/client';
import { type Tx } from '../shared/tx.types';
import { BookingEvents } from './booking-events.publisher';
import type { ExpiredHold } from './booking.repository';
import { raiseDays } from './calendar-day.repository';

const BATCH = 100;

type Due = ExpiredHold & { day: string };

/** Ends holds of all organizations when their time is over, by the database's clock. */
@Injectable()
export class ExpireHolds implements PeriodicJob {
  readonly name = 'scheduling.expire-holds';
  readonly everyMs = 5_000;
  readonly leased = true;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly events: BookingEvents,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const ended = await this.database.worker(async (tx) => {
      const due = await this.due(tx);
      for (const hold of due) await this.end(tx, hold);
      return due.length;
    });
    if (ended > 0) this.log.info('booking_expiry_completed', { holds: ended });
    return ended === BATCH;
  }

  /** In the order in which calendar days are locked. */
  private due(tx: Tx): Promise<Due[]> {
    return tx.$queryRaw<Due[]>`
      SELECT id, organization_id AS "organizationId", service_order_id AS "serviceOrderId",
        technician_id AS "technicianId", starts_at AS "startsAt", day::text AS day
      FROM (SELECT * FROM booking WHERE state = 'PRE_BOOKED' AND expires_at <= clock_timestamp()
            ORDER BY expires_at LIMIT ${BATCH}) AS holds
      ORDER BY technician_id, day`;
  }

  private async end(tx: Tx, hold: Due): Promise<void> {
    await raiseDays(tx, hold.organizationId, [hold]);
    const ended = await tx.$executeRaw`
      UPDATE booking SET state = 'EXPIRED', version = version + 1
      WHERE id = ${hold.id}::uuid AND organization_id = ${hold.organizationId}::uuid AND state = 'PRE_BOOKED'`;
    if (ended === 1) await this.events.expired(tx, [hold]);
  }
}
