import { Inject, Injectable } from '@nestjs/common';
import { createClient, type Client } from '@orion/client';
import {
  countServiceOrders,
  listNotifications,
  listWebhookDeliveries,
  type Out,
  type readOverview,
} from '@orion/contracts';
import { currentContext, Log } from '@orion/logger';
import type { Principal } from '@orion/security';
import { CONFIG } from '@orion/service';
import { ActivityRepository } from '../activity/activity.repository';
import type { GatewayConfig } from '../gateway.config';
import { overviewOf, type PartName, recentOf } from './overview-parts';

/** Milliseconds each part may take. */
export const PART_DEADLINE_MS = 2_000;
/** Counts are exact up to here. */
const COUNTED = 200;
const SHOWN_ACTIVITY = 20;

type Caller = Pick<Principal, 'organizationId'> & { token: string };

/** Asks the services with the caller's own token, so each part shows what the caller may see. */
@Injectable()
export class ReadOverview {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'SCHEDULING_URL' | 'NOTIFICATION_URL'>,
    private readonly activities: ActivityRepository,
    private readonly log: Log,
  ) {}

  async run({ organizationId, token }: Caller): Promise<Out<typeof readOverview>> {
    const client = (baseUrl: string) => createClient({ baseUrl, token: () => token });
    const scheduling = client(this.config.SCHEDULING_URL);
    const notification = client(this.config.NOTIFICATION_URL);
    const [orders, notifications, webhooks, activity] = await Promise.all([
      this.part('orders', () => scheduling.call(countServiceOrders, {}, this.options())),
      this.part('notifications', () => this.recent(notification, listNotifications)),
      this.part('webhooks', () => this.recent(notification, listWebhookDeliveries)),
      this.part(
        'activity',
        async () => (await this.activities.page(organizationId, { limit: SHOWN_ACTIVITY })).items,
      ),
    ]);
    return overviewOf({ orders, notifications, webhooks, activity });
  }

  private async recent(client: Client, list: typeof listNotifications | typeof listWebhookDeliveries) {
    const [newest, failed] = await Promise.all([
      client.call(list, { query: { limit: COUNTED } }, this.options()),
      client.call(list, { query: { limit: COUNTED, state: 'FAILED' } }, this.options()),
    ]);
    return recentOf(newest.items, failed.items, Date.now());
  }

  private options() {
    return { correlationId: currentContext().correlationId, timeoutMs: PART_DEADLINE_MS };
  }

  /** Null where the part is late, broken or not for this caller. */
  private async part<T>(name: PartName, load: () => Promise<T>): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${PART_DEADLINE_MS} ms`)),
        PART_DEADLINE_MS,
      );
    });
    try {
      return await Promise.race([load(), late]);
    } catch (error) {
      this.log.info('overview_part_missing', { part: name, error });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
