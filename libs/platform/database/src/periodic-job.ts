import type { Type } from '@nestjs/common';

export interface PeriodicJob {
  /** Unique within the service. */
  readonly name: string;
  /** Milliseconds between two runs. */
  readonly everyMs: number;
  /** Channel of `Database.notify` that starts a run at once. */
  readonly wake?: string;
  /** At most one process runs it at a time. */
  readonly leased?: boolean;
  /** One piece of work; true where more is to be done now. An error is logged and the next run is tried on time. */
  run(signal: AbortSignal): Promise<boolean>;
}

/** A job: the class of a provider, or a recipe that gets its parts injected. */
export type JobSource = Type<PeriodicJob> | JobRecipe;

export interface JobRecipe {
  inject: Type[];
  create(...parts: never[]): PeriodicJob;
}

type Instances<Parts extends Type[]> = { [K in keyof Parts]: InstanceType<Parts[K]> };

/** Declares a job from a function and the providers it needs. */
export function periodic<const Parts extends Type[]>(
  job: Omit<PeriodicJob, 'run'> & {
    inject: Parts;
    run(signal: AbortSignal, ...parts: Instances<Parts>): Promise<boolean>;
  },
): JobRecipe {
  const { inject, run, ...rest } = job;
  return {
    inject,
    create: (...parts) => ({
      ...rest,
      run: (signal) => run(signal, ...(parts as unknown as Instances<Parts>)),
    }),
  };
}
