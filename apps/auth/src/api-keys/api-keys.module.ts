import { Module } from '@nestjs/common';
import { RolesModule } from '../roles/roles.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ApiKeyCleaning } from './api-key-cleaning.job';
import { ApiKeyController } from './api-key.controller';
import { ApiKeyEnding } from './api-key-ending.service';
import { ApiKeyExchangeController } from './api-key-exchange.controller';
import { ApiKeyRepository } from './api-key.repository';
import { CreateApiKey } from './create-api-key.use-case';
import { ExchangeApiKey } from './exchange-api-key.use-case';
import { RevokeApiKey } from './revoke-api-key.use-case';
import { RotateApiKey } from './rotate-api-key.use-case';

@Module({
  imports: [RolesModule, SessionsModule],
  controllers: [ApiKeyController, ApiKeyExchangeController],
  providers: [
    ApiKeyRepository,
    ApiKeyEnding,
    ApiKeyCleaning,
    CreateApiKey,
    RotateApiKey,
    RevokeApiKey,
    ExchangeApiKey,
  ],
  exports: [ApiKeyEnding],
})
export class ApiKeysModule {}
