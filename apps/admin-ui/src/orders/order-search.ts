import { OrderKind, OrderState } from '@orion/contracts';
import { z } from 'zod';

/** What the address of the orders list keeps; anything that is no filter is left out rather than refused. */
export const OrderSearch = z.object({
  state: OrderState.optional().catch(undefined),
  kind: OrderKind.optional().catch(undefined),
  q: z.coerce
    .string()
    .transform((text) => text.trim().slice(0, 100))
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .catch(undefined),
});
export type OrderSearch = z.output<typeof OrderSearch>;
