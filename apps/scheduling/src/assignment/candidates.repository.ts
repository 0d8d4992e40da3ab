import { dayGrid, localDate, MINUTE } from '../calendar/grid';
import { blockedAt, spansOf, stopsOf } from '../calendar/technician-day';
import { loadStops } from '../calendar/stops.repository';
import { straightLine } from '../calendar/travel';
import { loadWorkforce } from '../calendar/workforce.repository';
import { closedOn } from '../calendar/working-day';
import type { OrderRecord } from '../service-orders/order.mapper';
import type { BusinessUnitRecord } from '../settings/business-unit.repository';
import { workCalendar } from '../settings/closed-days';
import { placeOf } from '../shared/address';
import type { Tx } from '../shared/tx.types';
import { type Candidate, type FunnelInput, type FunnelResult, runFunnel } from './funnel';

export interface Question {
  order: OrderRecord;
  unit: BusinessUnitRecord;
  start: number;
  now: number;
  /** A booking to look past. */
  except?: string | null;
}

export interface Considered extends FunnelResult {
  input: FunnelInput;
}

/** Runs the funnel over all technicians of the order's business unit: two queries, whatever their number. */
export async function consider(tx: Tx, question: Question): Promise<Considered> {
  const { order, unit, start, now, except } = question;
  const grid = dayGrid(localDate(start, unit.timezone), unit.timezone);
  const workers = await loadWorkforce(tx, order.organizationId, unit.id);
  const ids = workers.map(({ id }) => id);
  const stops = await loadStops(tx, order.organizationId, ids, {
    from: grid.startsAt,
    to: grid.endsAt,
    except,
  });
  const input: FunnelInput = {
    now,
    start,
    grid,
    closed: closedOn(workCalendar(unit, [grid.date]), grid),
    job: { place: placeOf(order), durationMs: order.durationMinutes * MINUTE, skills: order.skills },
    candidates: workers.map(({ home, shifts, ...worker }) => ({
      ...worker,
      day: { home, spans: spansOf(shifts, grid), stops: stopsOf(stops.get(worker.id) ?? [], grid) },
    })),
    travel: straightLine(unit),
  };
  return { input, ...runFunnel(input) };
}

/** Looks at one candidate's day again, inside its lock. */
export async function stillFree(
  tx: Tx,
  { order, except }: Question,
  input: FunnelInput,
  candidate: Candidate,
): Promise<boolean> {
  const { grid, job, start, travel } = input;
  const stops = await loadStops(tx, order.organizationId, [candidate.id], {
    from: grid.startsAt,
    to: grid.endsAt,
    except,
  });
  const day = { ...candidate.day, stops: stopsOf(stops.get(candidate.id) ?? [], grid) };
  return blockedAt(day, job, start, travel) === null;
}
