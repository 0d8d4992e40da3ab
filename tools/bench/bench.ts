import { z } from 'zod';
import type { Row } from './row';

/** Infrastructure of the benchmarks' own, empty and as durable as the platform's. */
export const Ground = z.object({
  ORION_POSTGRES_URL: z.string(),
  ORION_RABBITMQ_URL: z.string(),
  ORION_REDIS_URL: z.string(),
});
export type Ground = z.output<typeof Ground>;

export interface Bench {
  /** Apps and tools to build before it runs, by the names of their Nx projects. */
  builds: readonly string[];
  /** Measures and answers with a row for each figure; `say` is for progress. */
  run(ground: Ground, say: (text: string) => void): Promise<Row[]>;
}
