import type { OrderRecord } from '../service-orders/order.mapper';
import type { BusinessUnitRecord } from '../settings/business-unit.repository';
import { workCalendar } from '../settings/closed-days';
import { placeOf } from '../shared/address';
import type { Tx } from '../shared/tx.types';
import type { Search } from './availability';
import { dayGrid } from './grid';
import { loadStops } from './stops.repository';
import { straightLine } from './travel';
import { loadWorkforce } from './workforce.repository';
import { closedOn } from './working-day';

/** Everything a search over some days decides from: two queries, whatever the number of technicians and days. */
export async function loadSearch(
  tx: Tx,
  {
    order,
    unit,
    dates,
    now,
  }: { order: OrderRecord; unit: BusinessUnitRecord; dates: readonly string[]; now: number },
): Promise<Search> {
  const calendar = workCalendar(unit, dates);
  const days = dates.map((date) => {
    const grid = dayGrid(date, unit.timezone);
    return { grid, closed: closedOn(calendar, grid) };
  });
  const workers = (await loadWorkforce(tx, order.organizationId, unit.id)).filter(
    (it) => it.inactive === null,
  );
  const range = { from: days.at(0)?.grid.startsAt ?? 0, to: days.at(-1)?.grid.endsAt ?? 0 };
  const stops = await loadStops(
    tx,
    order.organizationId,
    workers.map(({ id }) => id),
    range,
  );
  return {
    now,
    job: {
      place: placeOf(order),
      durationMinutes: order.durationMinutes,
      skills: order.skills,
      earliestStart: order.earliestStart.getTime(),
      latestStart: order.latestStart.getTime(),
    },
    days,
    technicians: workers,
    stops,
    travel: straightLine(unit),
  };
}
