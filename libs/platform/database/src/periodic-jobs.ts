import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Log, runInContext } from '@orion/logger';
import { Database } from './database';
import { Leases } from './leases';
import type { JobRecipe, JobSource, PeriodicJob } from './periodic-job';
import { Alarm, workLoop } from './work-loop';

export const JOB_SOURCES = Symbol('jobs');
const LEASE_MS = 15_000;

/** Consumers, relay and jobs run in this process; `ORION_ROLE=api` serves HTTP only. */
export const runsWork = (): boolean => process.env['ORION_ROLE'] !== 'api';

const isRecipe = (source: JobSource): source is JobRecipe => 'inject' in source && 'create' in source;

/** Starts the registered jobs with the application and ends them with it. */
@Injectable()
export class PeriodicJobs implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private readonly running: Promise<void>[] = [];

  constructor(
    @Inject(JOB_SOURCES) private readonly sources: JobSource[],
    private readonly modules: ModuleRef,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (!runsWork()) return;
    for (const source of this.sources) this.running.push(this.start(this.resolve(source)));
  }

  onModuleDestroy(): void {
    this.stop.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  private resolve(source: JobSource): PeriodicJob {
    const get = (type: JobRecipe['inject'][number]) => this.modules.get(type, { strict: false });
    return isRecipe(source)
      ? source.create(...(source.inject.map(get) as never[]))
      : this.modules.get(source, { strict: false });
  }

  private async start(job: PeriodicJob): Promise<void> {
    const alarm = new Alarm();
    const deaf = job.wake === undefined ? () => undefined : this.database.listen(job.wake, alarm.ring);
    const failed = (error: unknown) => this.log.error('job_run_failed', { job: job.name, error });
    const step = (signal: AbortSignal) => runInContext({}, () => job.run(signal));
    const loop = (signal: AbortSignal) => workLoop({ everyMs: job.everyMs, alarm, failed }, step, signal);
    if (job.leased) {
      await this.leases.hold(
        `job:${job.name}`,
        { ttlMs: LEASE_MS },
        ({ signal }) => loop(signal),
        this.stop.signal,
      );
    } else {
      await loop(this.stop.signal);
    }
    deaf();
  }
}
