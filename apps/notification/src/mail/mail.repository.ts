import { Injectable } from '@nestjs/common';
import { notificationFailed, notificationSent } from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import type { MailVerdict } from './mail-outcome';

/** Longer than a send can take with every time-out used up. */
export const MAIL_LEASE_SECONDS = 180;

export interface ClaimedMail {
  id: string;
  organizationId: string;
  leaseToken: string;
  template: string;
  recipientName: string;
  recipientAddress: string;
  subject: string;
  text: string;
  html: string;
  /** Tries before this one. */
  attempts: number;
  serviceOrderId: string | null;
  /** About the recipient's own account: its fate is told to nobody else. */
  personal: boolean;
  correlationId: string;
  /** What the marker in text and html stands for, and the context it was sealed in. */
  sealed: string | null;
  sealedFor: string | null;
}

export const CLAIM_MAILS = `
  WITH chosen AS MATERIALIZED (
    SELECT id FROM notification
     WHERE state = 'QUEUED' AND due_at <= now() AND (SELECT enabled FROM dispatch_switch WHERE name = 'mail')
     ORDER BY due_at LIMIT $1::int FOR UPDATE SKIP LOCKED)
  UPDATE notification n
     SET lease_token = $2::uuid, due_at = now() + $3::int * interval '1 second'
    FROM chosen WHERE n.id = chosen.id
  RETURNING n.id, n.organization_id AS "organizationId", n.lease_token AS "leaseToken", n.template,
    n.recipient_name AS "recipientName", n.recipient_address AS "recipientAddress", n.subject, n.text, n.html,
    n.attempts, n.service_order_id AS "serviceOrderId", n.personal, n.correlation_id AS "correlationId",
    n.sealed, n.sealed_for AS "sealedFor"`;

export const NEXT_MAIL = `
  SELECT (extract(epoch FROM min(due_at) - now()) * 1000)::float8 AS ms
    FROM notification WHERE state = 'QUEUED' AND due_at > now()`;

const SETTLE = `
  UPDATE notification
     SET state = $3::text, attempts = attempts + 1, lease_token = NULL, last_error = $4,
         sealed = CASE WHEN $3 = 'QUEUED' THEN sealed END,
         due_at = now() + $5::float8 * interval '1 second',
         sent_at = CASE WHEN $3 = 'SENT' THEN now() END,
         text = CASE WHEN personal AND $3 <> 'QUEUED' THEN '' ELSE text END,
         html = CASE WHEN personal AND $3 <> 'QUEUED' THEN '' ELSE html END
   WHERE id = $1::uuid AND lease_token = $2::uuid`;

@Injectable()
export class MailRepository {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
  ) {}

  claim(count: number): Promise<ClaimedMail[]> {
    return this.database.worker((tx) =>
      tx.$queryRawUnsafe<ClaimedMail[]>(CLAIM_MAILS, count, randomUUID(), MAIL_LEASE_SECONDS),
    );
  }

  /** Milliseconds until the next message is due; null where none is waiting. */
  async untilNext(): Promise<number | null> {
    const [row] = await this.database.workerClient.$queryRawUnsafe<{ ms: number | null }[]>(NEXT_MAIL);
    return row?.ms ?? null;
  }

  /** Writes down a success with its event; false where the lease was lost and another try decides. */
  sent(mail: ClaimedMail): Promise<boolean> {
    return this.database.worker(async (tx) => {
      if (!(await this.settle(tx, mail, 'SENT', null, 0))) return false;
      if (!mail.personal) await this.outbox.publish(tx, notificationSent, this.fact(mail));
      return true;
    });
  }

  /** Writes down a failure, with its event where it is the last; false where the lease was lost. */
  failed(mail: ClaimedMail, error: string, verdict: MailVerdict): Promise<boolean> {
    return this.database.worker(async (tx) => {
      const delay = verdict.state === 'QUEUED' ? verdict.delaySeconds : 0;
      if (!(await this.settle(tx, mail, verdict.state, error, delay))) return false;
      if (verdict.state === 'FAILED' && !mail.personal) {
        const fact = this.fact(mail);
        await this.outbox.publish(tx, notificationFailed, { ...fact, data: { ...fact.data, error } });
      }
      return true;
    });
  }

  private async settle(
    tx: Prisma.TransactionClient,
    { id, leaseToken }: ClaimedMail,
    state: 'SENT' | 'QUEUED' | 'FAILED',
    error: string | null,
    delaySeconds: number,
  ): Promise<boolean> {
    return (await tx.$executeRawUnsafe(SETTLE, id, leaseToken, state, error, delaySeconds)) === 1;
  }

  private fact({ id, organizationId, template, recipientName, serviceOrderId }: ClaimedMail) {
    return {
      organizationId,
      subject: id,
      data: { notificationId: id, template, channel: 'EMAIL', recipientName, serviceOrderId },
    };
  }
}
