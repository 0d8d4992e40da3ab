import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule, type LogOptions } from '@orion/logger';
import { ProblemFilter } from '@orion/problem';
import { ContractInterceptor, STRICT_REPLIES } from '../contract/contract.interceptor';
import { StreamWriter } from '../contract/stream.writer';
import { HealthChecks } from '../health/health-checks.service';
import { HealthController } from '../health/health.controller';
import { PlatformChecks } from '../health/platform-checks.service';
import { Readiness } from '../health/readiness.service';
import { MetricsController } from '../metrics/metrics.controller';

/** The parsed environment, for `@Inject(CONFIG)`. */
export const CONFIG = Symbol('Config');

interface Parts {
  name: string;
  config: unknown;
  log: LogOptions;
  /** Refuse replies that break their contract instead of logging them only. */
  strictReplies: boolean;
  feature: Type | DynamicModule;
}

/** What every service has, around its own module. */
@Module({})
export class ServiceModule {
  static forService({ name, config, log, strictReplies, feature }: Parts): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [LoggerModule.forService(name, log), TerminusModule.forRoot({ logger: false }), feature],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: STRICT_REPLIES, useValue: strictReplies },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: ContractInterceptor },
        StreamWriter,
        Readiness,
        HealthChecks,
        PlatformChecks,
      ],
      exports: [CONFIG, Readiness],
    };
  }
}
