import { Counter, register } from 'prom-client';

const NAME = 'orion_cache_reads_total';

/** Reads by kind of key (its first word) and outcome: hit, miss, or unavailable while Redis is away. */
export const cacheReads = (): Counter<'kind' | 'outcome'> =>
  (register.getSingleMetric(NAME) as Counter<'kind' | 'outcome'> | undefined) ??
  new Counter({ name: NAME, help: 'Cache reads by outcome', labelNames: ['kind', 'outcome'] });
