import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AccessGuard } from './access.guard';
import { Authenticator } from './authenticator.service';
import { JwksKeySource } from './jwks.key-source';
import { PermissionSets } from './permission-sets.service';
import { QuestionPermissionSource } from './question.permission-source';
import { QuestionRevocationSource } from './question.revocation-source';
import { Revocations } from './revocations.service';
import { SharedRevocations } from './shared-revocations.service';
import {
  AUTH_URL,
  KEY_SOURCE,
  type KeySource,
  PERMISSION_SOURCE,
  type PermissionSource,
  REVOCATION_SOURCE,
  type RevocationSource,
} from './sources';
import { TokenVerifier } from './token-verifier.service';

export interface SecurityOptions {
  /** Address of auth, such as http://127.0.0.1:3001. */
  authUrl: string;
  /** Instead of asking auth over RabbitMQ. */
  permissions?: Type<PermissionSource>;
  /** Instead of fetching auth's key set. */
  keys?: Type<KeySource>;
  /** Instead of Redis, and auth over RabbitMQ while Redis is away. */
  revocations?: Type<RevocationSource>;
  /** Modules whose providers those need, as far as they are not global. */
  imports?: ModuleMetadata['imports'];
}

/** Global: guards every route by its contract; needs the cache, the logger and, by default, messaging. */
@Module({})
export class SecurityModule {
  static forService({
    authUrl,
    permissions,
    keys,
    revocations,
    imports = [],
  }: SecurityOptions): DynamicModule {
    return {
      module: SecurityModule,
      global: true,
      imports: [JwtModule.register({}), ...imports],
      providers: [
        { provide: AUTH_URL, useValue: authUrl },
        { provide: KEY_SOURCE, useClass: keys ?? JwksKeySource },
        { provide: PERMISSION_SOURCE, useClass: permissions ?? QuestionPermissionSource },
        { provide: REVOCATION_SOURCE, useClass: revocations ?? QuestionRevocationSource },
        { provide: APP_GUARD, useClass: AccessGuard },
        TokenVerifier,
        PermissionSets,
        SharedRevocations,
        Revocations,
        Authenticator,
      ],
      exports: [
        Authenticator,
        PermissionSets,
        TokenVerifier,
        SharedRevocations,
        Revocations,
        JwtModule,
        KEY_SOURCE,
        PERMISSION_SOURCE,
      ],
    };
  }
}
