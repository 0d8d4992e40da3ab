import { type ServiceOrder, type ServiceOrderDetail } from '@orion/contracts';
import { type z } from 'zod';

export type Order = z.output<typeof ServiceOrder>;
export type OrderDetail = z.output<typeof ServiceOrderDetail>;

/** `Lyon`, or whatever is known of the place. */
export const placeOf = ({ address }: Pick<Order, 'address'>): string =>
  address.city || address.postalCode || address.street || address.country;
