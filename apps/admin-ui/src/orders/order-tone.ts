import { type OrderState } from '@orion/contracts';
import { type Tone } from '../app/theme/tokens';

export const ORDER_TONE: Record<OrderState, Tone> = {
  CREATED: 'waiting',
  SCHEDULED: 'planned',
  ASSIGNED: 'bound',
  ACCEPTED: 'bound',
  IN_PROGRESS: 'moving',
  PICKED_UP: 'moving',
  IN_TRANSIT: 'moving',
  DELIVERED: 'done',
  FAILED: 'bad',
  COMPLETED: 'done',
  VALIDATED: 'done',
  CLOSED: 'quiet',
  CANCELLED: 'quiet',
};
