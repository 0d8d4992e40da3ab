import { Controller } from '@nestjs/common';
import { mailLink } from '@orion/contracts';
import { Database } from '@orion/database';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import type { PrismaClient } from '../generated/prisma/client';
import { AccountLinkRepository } from './account-link.repository';

@Controller()
export class MailLinkController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly links: AccountLinkRepository,
  ) {}

  @Answers(mailLink)
  async answer({ linkId }: z.output<typeof mailLink.ask>): Promise<z.input<typeof mailLink.answer>> {
    return { token: await this.database.global((tx) => this.links.mint(tx, linkId)) };
  }
}
