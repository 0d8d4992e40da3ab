import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Cache } from '@orion/cache';
import { Database } from '@orion/database';
import { MessagingHealth } from '@orion/messaging';
import { showPools } from '../metrics/pool.metrics';
import { Readiness } from './readiness.service';

/** Registers what the platform's own parts need, as far as the service has them. */
@Injectable()
export class PlatformChecks implements OnModuleInit {
  constructor(
    private readonly modules: ModuleRef,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    const database = this.find(Database);
    if (database) {
      showPools(database.pools);
      this.readiness.add({
        name: 'database',
        check: async () => void (await database.pools.app.query('SELECT 1')),
      });
    }
    const messaging = this.find(MessagingHealth);
    if (messaging) {
      this.readiness.add({
        name: 'messaging',
        check: () => {
          const troubles = messaging.troubles();
          return troubles.length === 0 ? Promise.resolve() : Promise.reject(new Error(troubles.join('; ')));
        },
      });
    }
    const cache = this.find(Cache);
    if (cache) {
      this.readiness.add({
        name: 'cache',
        optional: true,
        check: async () => void (await cache.redis.ping()),
      });
    }
  }

  private find<T>(type: Type<T>): T | undefined {
    try {
      return this.modules.get(type, { strict: false });
    } catch {
      return undefined;
    }
  }
}
