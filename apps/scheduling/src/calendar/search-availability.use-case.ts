import { Injectable } from '@nestjs/common';
import type { In, Out, searchAvailability } from '@orion/contracts';
import { readOrder } from '../service-orders/service-order.repository';
import { readUnit } from '../settings/business-unit.repository';
import { databaseNow } from '../shared/clock.query';
import { type Tx } from '../shared/tx.types';
import { explainBlocked, findSlots } from './availability';
import { loadSearch } from './availability.repository';
import { searchDates } from './search-range';

const iso = (instant: number): string => new Date(instant).toISOString();

@Injectable()
export class SearchAvailability {
  /** @throws BusinessRuleException NOT_FOUND; FieldProblems for a bad range */
  async run(
    tx: Tx,
    organizationId: string,
    query: In<typeof searchAvailability>['query'],
  ): Promise<Out<typeof searchAvailability>> {
    const order = await readOrder(tx, organizationId, query.serviceOrderId);
    const unit = await readUnit(tx, organizationId, order.businessUnitId);
    const now = (await databaseNow(tx)).getTime();
    const window = {
      earliestStart: order.earliestStart.getTime(),
      latestStart: order.latestStart.getTime(),
      timezone: unit.timezone,
    };
    const dates = searchDates(window, query, now);
    const search = await loadSearch(tx, { order, unit, dates, now });
    const slots = findSlots(search);
    return {
      serviceOrderId: order.id,
      timezone: unit.timezone,
      slots: slots.map((slot) => ({ ...slot, startsAt: iso(slot.startsAt), endsAt: iso(slot.endsAt) })),
      ...(query.explain && {
        blocked: explainBlocked(search, slots).map(({ startsAt, rules }) => ({
          startsAt: iso(startsAt),
          rules,
        })),
      }),
    };
  }
}
