import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NotificationConfig } from '../notification.config';
import { CONFIG } from '@orion/service';

const VERSION = 'v1';
const IV_BYTES = 12;

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Seals secrets with AES-256-GCM; a sealed secret opens only for the row it was sealed for. */
@Injectable()
export class SecretCipher {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) { ORION_ENCRYPTION_KEY }: NotificationConfig) {
    this.key = Buffer.from(ORION_ENCRYPTION_KEY, 'base64');
  }

  seal(rowId: string, secret: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(rowId));
    const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [VERSION, ...[iv, cipher.getAuthTag(), content].map((it) => it.toString('base64url'))].join('.');
  }

  /** @throws where the text was changed, belongs to another row or was sealed with another key */
  open(rowId: string, sealed: string): string {
    const [version, iv = '', tag = '', content = ''] = sealed.split('.');
    if (version !== VERSION) throw new Error(`a sealed secret of version ${version} cannot be opened`);
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes(iv), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes(tag));
    return Buffer.concat([decipher.update(bytes(content)), decipher.final()]).toString('utf8');
  }
}
