import { type NotificationState } from '@orion/contracts';
import { type z } from 'zod';
import { type Tone } from '../app/theme/tokens';

export const MESSAGE_TONE: Record<z.output<typeof NotificationState>, Tone> = {
  QUEUED: 'waiting',
  SENT: 'done',
  FAILED: 'bad',
};
