import { Controller } from '@nestjs/common';
import { listNotifications, type Out } from '@orion/contracts';
import { Database } from '@orion/database';
import type { Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { Notification, PrismaClient } from '../generated/prisma/client';
import { afterCursor, NEWEST_FIRST, pageOf } from '../id-page.query';

type Item = Out<typeof listNotifications>['items'][number];

const shown = (it: Omit<Notification, 'text' | 'html'>): Item => ({
  id: it.id,
  channel: 'EMAIL',
  template: it.template,
  language: it.language as Item['language'],
  recipientName: it.recipientName,
  recipientAddress: it.recipientAddress,
  subject: it.subject,
  state: it.state as Item['state'],
  attempts: it.attempts,
  lastError: it.lastError,
  serviceOrderId: it.serviceOrderId,
  createdAt: it.createdAt.toISOString(),
  sentAt: it.sentAt?.toISOString() ?? null,
});

@Controller()
export class NotificationsController {
  constructor(private readonly database: Database<PrismaClient>) {}

  @Implements(listNotifications)
  list(
    @TheCall() { principal, query }: Call<typeof listNotifications>,
  ): Promise<Out<typeof listNotifications>> {
    const { limit, cursor, state, serviceOrderId } = query;
    const organizationId = principal.organizationId;
    return this.database.tenant(organizationId, async (tx) => {
      const rows = await tx.notification.findMany({
        where: { organizationId, personal: false, state, serviceOrderId, ...afterCursor(cursor) },
        omit: { text: true, html: true },
        orderBy: NEWEST_FIRST,
        take: limit + 1,
      });
      return pageOf(rows, limit, shown);
    });
  }
}
