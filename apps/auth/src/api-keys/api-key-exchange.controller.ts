import { Controller } from '@nestjs/common';
import { exchangeApiKey } from '@orion/contracts';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import { ExchangeApiKey } from './exchange-api-key.use-case';

@Controller()
export class ApiKeyExchangeController {
  constructor(private readonly exchange: ExchangeApiKey) {}

  @Answers(exchangeApiKey)
  async answer({
    organizationId,
    hash,
  }: z.output<typeof exchangeApiKey.ask>): Promise<z.input<typeof exchangeApiKey.answer>> {
    return { issued: await this.exchange.run(organizationId, hash) };
  }
}
