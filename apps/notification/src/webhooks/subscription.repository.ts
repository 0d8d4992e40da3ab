import { Injectable } from '@nestjs/common';
import type { In, listWebhookSubscriptions, Out, replaceWebhookSubscription } from '@orion/contracts';
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

@Injectable()
export class SubscriptionRepository {
  constructor(private readonly cipher: SecretCipher) {}

  async create(tx: Tx, organizationId: string, body: Body): Promise<Shown> {
    const id = uuid();
    const secretSealed = this.cipher.seal(id, newSecret());
    const created = await tx.webhookSubscription.create({
      data: { id, organizationId, ...body, secretSealed },
    });
    return shownSubscription(created);
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
    const changed = await tx.webhookSubscription.updateMany({ where: { organizationId, id }, data });
    if (changed.count === 0) throw new BusinessRuleException('NOT_FOUND');
    return this.read(tx, organizationId, id);
  }

  /** @throws BusinessRuleException NOT_FOUND */
  async remove(tx: Tx, organizationId: string, id: string): Promise<void> {
    const removed = await tx.webhookSubscription.deleteMany({ where: { organizationId, id } });
    if (removed.count === 0) throw new BusinessRuleException('NOT_FOUND');
  }
}
