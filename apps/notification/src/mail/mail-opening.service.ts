import { Inject, Injectable } from '@nestjs/common';
import { openSealed, type SealingPair, sealingPair } from '@orion/security';
import { CONFIG } from '@orion/service';
import type { NotificationConfig } from '../notification.config';
import type { ClaimedMail } from './mail.repository';
import { SEALED } from './templates/sealed';

/** Puts what was sealed for this service into a message, at the moment it leaves. */
@Injectable()
export class MailOpening {
  private readonly pair: SealingPair;

  constructor(@Inject(CONFIG) { ORION_ENCRYPTION_KEY }: Pick<NotificationConfig, 'ORION_ENCRYPTION_KEY'>) {
    this.pair = sealingPair(Buffer.from(ORION_ENCRYPTION_KEY, 'base64'));
  }

  get publicKey(): string {
    return this.pair.publicKey;
  }

  /** @throws where it was sealed for another key */
  opened(mail: ClaimedMail): ClaimedMail {
    const { sealed, sealedFor } = mail;
    if (sealed === null) return mail;
    const content = openSealed(this.pair, sealedFor ?? '', sealed);
    const filled = (text: string) => text.replaceAll(SEALED, content);
    return { ...mail, text: filled(mail.text), html: filled(mail.html) };
  }
}
