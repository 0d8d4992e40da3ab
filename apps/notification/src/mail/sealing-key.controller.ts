import { Controller } from '@nestjs/common';
import { sealingKey } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { MailOpening } from './mail-opening.service';

@Controller()
export class SealingKeyController {
  constructor(private readonly opening: MailOpening) {}

  @Answers(sealingKey)
  async answer(): Promise<z.input<typeof sealingKey.answer>> {
    return { publicKey: this.opening.publicKey };
  }
}
