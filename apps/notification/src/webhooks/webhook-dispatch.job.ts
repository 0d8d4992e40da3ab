import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database, runsWork } from '@orion/database';
import { Log, runInContext } from '@orion/logger';
import { DispatchLoop } from '../dispatch/dispatch-loop.service';
import { type ClaimedDelivery, ClaimRepository } from './claim.repository';
import { ResultRepository } from './result.repository';
import { SecretCipher } from './secret.cipher';
import { signedHeaders } from './signing';
import { type Sent, WebhookSender } from './webhook.sender';

export const WEBHOOK_CHANNEL = 'notification_webhooks';

/** Sends due webhook deliveries. */
@Injectable()
export class WebhookDispatch implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly loop: DispatchLoop<ClaimedDelivery>;

  constructor(
    private readonly sender: WebhookSender,
    private readonly results: ResultRepository,
    private readonly cipher: SecretCipher,
    private readonly log: Log,
    claims: ClaimRepository,
    database: Database,
  ) {
    const dispatch = {
      name: 'webhooks',
      channel: WEBHOOK_CHANNEL,
      batch: 50,
      atOnce: 256,
      claim: (count: number) => claims.claim(count),
      untilNext: () => claims.untilNext(),
      handle: (delivery: ClaimedDelivery) => {
        const { correlationId, organizationId } = delivery;
        return runInContext({ correlationId, organizationId }, () => this.attempt(delivery));
      },
    };
    this.loop = new DispatchLoop(dispatch, database, log);
  }

  onApplicationBootstrap(): void {
    if (runsWork()) this.loop.start();
  }

  onModuleDestroy(): void {
    void this.loop.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private async attempt(delivery: ClaimedDelivery): Promise<void> {
    const { id, subscriptionId, eventType, round } = delivery;
    const sent = await this.send(delivery);
    const decided = await this.results.settle(delivery, sent);
    const about = {
      deliveryId: id,
      subscriptionId,
      eventType,
      attempt: round + 1,
      durationMs: sent.durationMs,
    };
    if (decided === undefined) this.log.warn('webhook_lease_lost', about);
    else if (decided.state === 'DELIVERED') this.log.info('webhook_delivery_succeeded', about);
    else this.log.warn('webhook_delivery_failed', { ...about, state: decided.state, reason: decided.error });
  }

  private async send({
    id,
    subscriptionId,
    url,
    payload,
    claimedAt,
    secretSealed,
  }: ClaimedDelivery): Promise<Sent> {
    try {
      const secrets = [this.cipher.open(subscriptionId, secretSealed)];
      const headers = signedHeaders({ id, at: claimedAt, body: payload, secrets });
      return await this.sender.send({ url, headers, body: payload });
    } catch (error) {
      this.log.error('webhook_signing_failed', { deliveryId: id, subscriptionId, error });
      return {
        attempt: { kind: 'broken', error: 'the signing secret cannot be read' },
        response: '',
        durationMs: 0,
      };
    }
  }
}
