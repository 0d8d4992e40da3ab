import { Gauge, register } from 'prom-client';

export interface PoolFigures {
  /** Connections open. */
  total: number;
  idle: number;
  /** Callers that wait for a connection. */
  waiting: number;
  max: number;
}

interface PoolLike {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
  options: { max: number };
}

export const figuresOf = (pool: PoolLike): PoolFigures => ({
  total: pool.totalCount,
  idle: pool.idleCount,
  waiting: pool.waitingCount,
  max: pool.options.max,
});

const NAME = 'database_pool_connections';

/** Shows the pools in `/metrics`; read when somebody looks. */
export function showPools(pools: Record<string, PoolLike>): void {
  register.removeSingleMetric(NAME);
  new Gauge({
    name: NAME,
    help: 'Connections of the database pools by role and kind',
    labelNames: ['role', 'kind'],
    collect() {
      for (const [role, pool] of Object.entries(pools)) {
        for (const [kind, value] of Object.entries(figuresOf(pool)))
          this.set({ role, kind }, value as number);
      }
    },
  });
}
