import type { OrderRecord } from '../service-orders/order.mapper';
import type { BusinessUnitRecord } from '../settings/business-unit.repository';
import type { Tx } from '../shared/tx.types';
import { findSlots } from './availability';
import { loadSearch } from './availability.repository';
import { addDays, localDate } from './grid';
import { nearest } from './hold-rules';
import { MAX_DAYS, searchDates } from './search-range';

export interface Alternative {
  startsAt: string;
  endsAt: string;
  technicians: number;
}

/** Up to five other starts for the order, the nearest first, within a month around the wanted one. */
export async function alternatives(
  tx: Tx,
  { order, unit, start, now }: { order: OrderRecord; unit: BusinessUnitRecord; start: number; now: number },
): Promise<Alternative[]> {
  const window = {
    earliestStart: order.earliestStart.getTime(),
    latestStart: order.latestStart.getTime(),
    timezone: unit.timezone,
  };
  const from = addDays(localDate(start, unit.timezone), -Math.floor(MAX_DAYS / 2));
  const dates = searchDates(window, { from }, now);
  const slots = findSlots(await loadSearch(tx, { order, unit, dates, now }));
  return nearest(slots, start).map((slot) => ({
    startsAt: new Date(slot.startsAt).toISOString(),
    endsAt: new Date(slot.endsAt).toISOString(),
    technicians: slot.technicians,
  }));
}
