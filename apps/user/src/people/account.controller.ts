import { Controller } from '@nestjs/common';
import { provisionAccount } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { ProvisionAccount } from './provision-account.use-case';

@Controller()
export class AccountController {
  constructor(private readonly provision: ProvisionAccount) {}

  @Answers(provisionAccount)
  answer(ask: z.output<typeof provisionAccount.ask>): Promise<z.input<typeof provisionAccount.answer>> {
    return this.provision.run(ask);
  }
}
