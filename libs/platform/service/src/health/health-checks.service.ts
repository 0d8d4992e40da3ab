import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Database } from '@orion/database';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { figuresOf } from '../metrics/pool.metrics';
import { within } from './within';
import { Readiness, type ReadinessCheck } from './readiness.service';

const TIMEOUT_MS = 3_000;

type Check = () => Promise<HealthIndicatorResult>;
type Pools = Database['pools'];

/** The checks behind `/health…`, each answered within three seconds. */
@Injectable()
export class HealthChecks {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly needs: Readiness,
    private readonly modules: ModuleRef,
  ) {}

  readiness(): Check[] {
    return [
      async () => {
        const process = this.indicators.check('process');
        return this.needs.stopping ? process.down('is stopping') : process.up();
      },
      ...this.needs.all().map((need) => () => this.run(need)),
    ];
  }

  database(): Check[] {
    return this.eachPool((role, pool) =>
      this.run({
        name: role,
        check: async () => {
          const begun = performance.now();
          await pool.query('SELECT 1');
          return { latencyMs: Math.round((performance.now() - begun) * 10) / 10 };
        },
      }),
    );
  }

  pools(): Check[] {
    return this.eachPool((role, pool) =>
      this.run({
        name: role,
        check: async () => {
          const figures = figuresOf(pool);
          if (figures.waiting > figures.max)
            throw new Error(`${figures.waiting} callers wait for a connection`);
          return { ...figures };
        },
      }),
    );
  }

  private eachPool(check: (role: string, pool: Pools['app']) => Promise<HealthIndicatorResult>): Check[] {
    const { pools } = this.modules.get(Database, { strict: false });
    return Object.entries(pools).map(
      ([role, pool]) =>
        () =>
          check(role, pool as Pools['app']),
    );
  }

  private async run({ name, check, optional }: ReadinessCheck): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      return indicator.up((await within(TIMEOUT_MS, check())) ?? {});
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return optional ? indicator.up({ available: false, message }) : indicator.down({ message });
    }
  }
}
