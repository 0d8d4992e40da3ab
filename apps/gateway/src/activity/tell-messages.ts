import {
  notificationFailed,
  notificationSent,
  webhookDeliveryFailed,
  webhookSubscriptionDisabled,
} from '@orion/contracts';
import { teller } from './teller';

const CHANNELS: Record<string, string> = { EMAIL: 'E-mail' };
const message = (it: { channel: string; template: string }): string =>
  `${CHANNELS[it.channel] ?? it.channel} “${it.template}”`;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

export const MESSAGE_TELLERS = [
  teller(notificationSent, (it) => `${message(it)} sent to ${it.recipientName}`),
  teller(notificationFailed, (it) => `${message(it)} to ${it.recipientName} failed: ${it.error}`),
  teller(webhookDeliveryFailed, (it) => `Webhook ${it.eventType} given up: ${it.error}`),
  teller(webhookSubscriptionDisabled, (it) => `Webhook to ${hostOf(it.url)} disabled: ${it.reason}`),
];
