import { NotificationState } from '@orion/contracts';
import { z } from 'zod';

/** What the address of the messages list keeps. */
export const MessageSearch = z.object({ state: NotificationState.optional().catch(undefined) });
