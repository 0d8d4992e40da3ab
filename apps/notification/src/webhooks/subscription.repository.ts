import { Injectable } from '@nestjs/common';
import {
  changeOf,
  hasChanged,
  type In,
  type listWebhookSubscriptions,
  notificationRecordChanged,
  type Out,
  type replaceWebhookSubscription,
} from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { Prisma, WebhookSubscription } from '../generated/prisma/client';
import { afterCursor, NEWEST_FIRST, pageOf } from '../id-page.query';
import { newSecret, SecretCipher } from './secret.cipher';

type Tx = Prisma.TransactionClient;
type Shown = Out<typeof replaceWebhookSubscription>;
type Body = In<typeof replaceWebhookSubscription>['body'];

/** A subscription that works again starts with a clean record. */
const CLEAN = { disabledReason: null, consecutiveFailures: 0, failingSince: null, pausedUntil: null };

const HIDDEN = { secretSealed: true } as const;

export const shownSubscription = (it: Omit<WebhookSubscription, 'secretSealed'>): Shown => ({
  id: it.id,
  url: it.url,
  eventTypes: it.eventTypes,
  description: it.description,
  active: it.active,
  disabledReason: it.disabledReason,
  createdAt: it.createdAt.toISOString(),
});

/** Of the address only where it is: its path and query may hold a secret. */
const audited = ({ url, eventTypes, description, active, disabledReason }: Shown) => ({
  origin: new URL(url).origin,
  eventTypes,
  description,
  active,
  disabledReason,
});

@Injectable()
export class SubscriptionRepository {
  constructor(
    private readonly cipher: SecretCipher,
    private readonly outbox: Outbox,
  ) {}

  async create(tx: Tx, organizationId: string, body: Body): Promise<Shown> {
    const id = uuid();
    const secretSealed = this.cipher.seal(id, newSecret());
    const created = await tx.webhookSubscription.create({
      data: { id, organizationId, ...body, secretSealed },
    });
    const shown = shownSubscription(created);
    await this.tell(tx, organizationId, 'created', null, shown);
    return shown;
  }

  /** The signing secret in the clear. @throws BusinessRuleException NOT_FOUND */
  async secret(tx: Tx, organizationId: string, id: string): Promise<string> {
    const found = await tx.webhookSubscription.findFirst({ where: { organizationId, id }, select: HIDDEN });
    if (!found) throw new BusinessRuleException('NOT_FOUND');
    return this.cipher.open(id, found.secretSealed);
  }

  async list(
    tx: Tx,
    organizationId: string,
    { limit, cursor }: In<typeof listWebhookSubscriptions>['query'],
  ): Promise<Out<typeof listWebhookSubscriptions>> {
    const rows = await tx.webhookSubscription.findMany({
      where: { organizationId, ...afterCursor(cursor) },
      omit: HIDDEN,
      orderBy: NEWEST_FIRST,
      take: limit + 1,
    });
    return pageOf(rows, limit, shownSubscription);
  }

  /** @throws BusinessRuleException NOT_FOUND */
  async read(tx: Tx, organizationId: string, id: string): Promise<Shown> {
    const found = await tx.webhookSubscription.findFirst({ where: { organizationId, id }, omit: HIDDEN });
    if (!found) throw new BusinessRuleException('NOT_FOUND');
    return shownSubscription(found);
  }

  /** Changes what is given; `active: true` clears why it was disabled. @throws BusinessRuleException NOT_FOUND */
  async change(tx: Tx, organizationId: string, id: string, body: Partial<Body>): Promise<Shown> {
    const data = body.active === true ? { ...body, ...CLEAN } : body;
    const before = await this.lock(tx, organizationId, id);
    await tx.webhookSubscription.updateMany({ where: { organizationId, id }, data });
    const after = await this.read(tx, organizationId, id);
    await this.tell(tx, organizationId, 'changed', before, after);
    return after;
  }

  /** @throws BusinessRuleException NOT_FOUND */
  async remove(tx: Tx, organizationId: string, id: string): Promise<void> {
    const before = await this.lock(tx, organizationId, id);
    await tx.webhookSubscription.deleteMany({ where: { organizationId, id } });
    await this.tell(tx, organizationId, 'removed', before, null);
  }

  /** @throws BusinessRuleException NOT_FOUND */
  private async lock(tx: Tx, organizationId: string, id: string): Promise<Shown> {
    await tx.$queryRaw`
      SELECT id FROM webhook_subscription
       WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
    return this.read(tx, organizationId, id);
  }

  /** For the audit log. */
  private async tell(
    tx: Tx,
    organizationId: string,
    action: string,
    before: Shown | null,
    after: Shown | null,
  ): Promise<void> {
    const change = changeOf(before && audited(before), after && audited(after));
    const record = { kind: 'webhook-subscription', id: (after ?? before)?.id ?? '', action };
    if (hasChanged(change))
      await this.outbox.publish(tx, notificationRecordChanged, recordFact(organizationId, record, change));
  }
}
