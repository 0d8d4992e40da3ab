import { Controller } from '@nestjs/common';
import { revocations } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { RevocationRepository } from './revocation.repository';

@Controller()
export class RevocationController {
  constructor(private readonly revocations: RevocationRepository) {}

  @Answers(revocations)
  async answer({ since }: z.output<typeof revocations.ask>): Promise<z.input<typeof revocations.answer>> {
    return { items: await this.revocations.since(since) };
  }
}
