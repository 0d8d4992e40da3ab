import { DeliveryState } from '@orion/contracts';
import { z } from 'zod';

/** What the address of the deliveries list keeps. */
export const DeliverySearch = z.object({ state: DeliveryState.optional().catch(undefined) });
