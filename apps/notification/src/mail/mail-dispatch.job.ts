import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database, runsWork } from '@orion/database';
import { Log, runInContext } from '@orion/logger';
import { DispatchLoop } from '../dispatch/dispatch-loop.service';
import { shortError } from '../webhooks/excerpt';
import { MailOpening } from './mail-opening.service';
import { afterMailFailure, type SmtpError } from './mail-outcome';
import { type ClaimedMail, MailRepository } from './mail.repository';
import { SMTP_CONNECTIONS, SmtpTransport } from './smtp.transport';

export const MAIL_CHANNEL = 'notification_mail';

const asSmtpError = (error: unknown): SmtpError =>
  error instanceof Error ? error : { message: String(error) };

/** Sends queued e-mail. */
@Injectable()
export class MailDispatch implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly loop: DispatchLoop<ClaimedMail>;

  constructor(
    private readonly mails: MailRepository,
    private readonly smtp: SmtpTransport,
    private readonly opening: MailOpening,
    private readonly log: Log,
    database: Database,
  ) {
    const dispatch = {
      name: 'mail',
      channel: MAIL_CHANNEL,
      batch: SMTP_CONNECTIONS,
      atOnce: SMTP_CONNECTIONS,
      claim: (count: number) => mails.claim(count),
      untilNext: () => mails.untilNext(),
      handle: (mail: ClaimedMail) =>
        runInContext({ correlationId: mail.correlationId, organizationId: mail.organizationId }, () =>
          this.send(mail),
        ),
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

  private async send(mail: ClaimedMail): Promise<void> {
    const about = { notificationId: mail.id, template: mail.template, attempt: mail.attempts + 1 };
    let written: boolean;
    try {
      await this.smtp.send(this.opening.opened(mail));
    } catch (error) {
      const reason = asSmtpError(error);
      const verdict = afterMailFailure(reason, mail.attempts + 1, Math.random());
      this.log.warn('notification_send_failed', { ...about, state: verdict.state, error });
      written = await this.mails.failed(mail, shortError(reason.message), verdict);
      if (!written) this.log.warn('notification_lease_lost', about);
      return;
    }
    written = await this.mails.sent(mail);
    this.log[written ? 'info' : 'warn'](
      written ? 'notification_send_succeeded' : 'notification_lease_lost',
      about,
    );
  }
}
