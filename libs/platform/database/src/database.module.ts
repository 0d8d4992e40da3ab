import { type DynamicModule, Module } from '@nestjs/common';
import { Database } from './database';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.types';
import { erasure } from './erasure.job';
import { housekeeping } from './housekeeping.job';
import { JobsModule } from './jobs.module';
import { Leases } from './leases';

/** Global: `Database` and `Leases` can be injected everywhere. */
@Module({})
export class DatabaseModule {
  static forService(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [JobsModule.register([housekeeping, erasure])],
      providers: [{ provide: DATABASE_OPTIONS, useValue: options }, Database, Leases],
      exports: [Database, Leases],
    };
  }
}
