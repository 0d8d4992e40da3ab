import { type DynamicModule, Module } from '@nestjs/common';
import { Log } from '@orion/logger';
import { Cache } from './cache.service';
import { createRedis } from './redis.factory';

export interface CacheOptions {
  REDIS_URL: string;
  /** Keys of different namespaces never meet. */
  MESSAGING_NAMESPACE?: string;
}

/** Global: `Cache` can be injected everywhere. */
@Module({})
export class CacheModule {
  static forService({ REDIS_URL, MESSAGING_NAMESPACE = 'orion' }: CacheOptions): DynamicModule {
    return {
      module: CacheModule,
      global: true,
      providers: [
        {
          provide: Cache,
          inject: [Log],
          useFactory: (log: Log) => new Cache(createRedis(REDIS_URL, `${MESSAGING_NAMESPACE}:`), log),
        },
      ],
      exports: [Cache],
    };
  }
}
