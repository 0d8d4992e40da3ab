import { Injectable } from '@nestjs/common';
import { BookingEvents } from '../calendar/booking-events.publisher';
import { type BookingRow, expireColliding, updateBooking } from '../calendar/booking.repository';
import { raiseDays } from '../calendar/calendar-day.repository';
import { type Tx } from '../shared/tx.types';
import { type Considered, type Question, stillFree } from './candidates.repository';
import type { Candidate } from './funnel';

/** Puts a confirmed booking on a technician's day: where it is, or moved there inside the locks of both days. */
@Injectable()
export class TakeBooking {
  constructor(private readonly events: BookingEvents) {}

  /** Null where the day no longer takes it. */
  async run(
    tx: Tx,
    question: Question,
    { input }: Considered,
    candidate: Candidate,
    before: BookingRow,
  ): Promise<BookingRow | null> {
    const { organizationId } = before;
    const day = input.grid.date;
    const technicians = new Set([candidate.id, before.technicianId]);
    await raiseDays(
      tx,
      organizationId,
      [...technicians].map((technicianId) => ({ technicianId, day })),
    );
    const { startsAt, endsAt } = before;
    if (candidate.id === before.technicianId) return before;
    const expired = await expireColliding(tx, {
      organizationId,
      technicianId: candidate.id,
      startsAt,
      endsAt,
    });
    await this.events.expired(tx, expired);
    if (!(await stillFree(tx, question, input, candidate))) return null;
    const moved = await updateBooking(tx, before, { technicianId: candidate.id });
    await this.events.moved(tx, question.order, before, moved);
    return moved;
  }
}
