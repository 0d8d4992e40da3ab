import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { CONFIG } from '@orion/service';
import type { NotificationConfig } from '../notification.config';

/** Connections to the SMTP server, and so messages on their way at once. */
export const SMTP_CONNECTIONS = 8;

export interface OutgoingMail {
  id: string;
  recipientName: string;
  recipientAddress: string;
  subject: string;
  text: string;
  html: string;
}

/** The SMTP server this installation hands its e-mail to. */
@Injectable()
export class SmtpTransport implements OnApplicationShutdown {
  private readonly transporter: Transporter<SMTPPool.SentMessageInfo>;
  private readonly from: string;
  private readonly domain: string;

  constructor(@Inject(CONFIG) { SMTP_URL, MAIL_FROM }: NotificationConfig) {
    this.from = MAIL_FROM;
    this.domain = /@([^@>\s]+)>?\s*$/.exec(MAIL_FROM)?.[1] ?? 'localhost';
    this.transporter = createTransport({
      url: SMTP_URL,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      maxMessages: 1_000,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      dnsTimeout: 10_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** `<row id@orion.sender's domain>`: the same however often a message is tried. */
  messageId = (id: string): string => `<${id}@orion.${this.domain}>`;

  /** Hands one message over; resolves once the server has taken it. */
  async send({ id, recipientName, recipientAddress, subject, text, html }: OutgoingMail): Promise<void> {
    await this.transporter.sendMail({
      from: this.from,
      to: { name: recipientName, address: recipientAddress },
      subject,
      text,
      html,
      messageId: this.messageId(id),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  onApplicationShutdown(): void {
    this.transporter.close();
  }
}
