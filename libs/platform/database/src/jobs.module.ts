import { type DynamicModule, Module } from '@nestjs/common';
import type { JobSource } from './periodic-job';
import { JOB_SOURCES, PeriodicJobs } from './periodic-jobs';

/** Runs jobs in the background. A class must be a provider of some module of the service. */
@Module({})
export class JobsModule {
  static register(jobs: JobSource[]): DynamicModule {
    return { module: JobsModule, providers: [{ provide: JOB_SOURCES, useValue: jobs }, PeriodicJobs] };
  }
}
