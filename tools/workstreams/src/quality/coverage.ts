import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

export interface Coverage {
  /** Lines that tests reached in their last run, and lines in all. */
  covered: number;
  lines: number;
  /** Percent below which the project's tests fail; 0 where nothing is asked. */
  required: number;
}

const Lines = z.object({ covered: z.number(), total: z.number() });
const Summary = z.object({ total: z.object({ lines: Lines }) });
const Config = z.object({
  coverageThreshold: z.object({ global: z.object({ lines: z.number() }) }).optional(),
});

function requiredBy(folder: string): number {
  const file = join(folder, 'jest.config.cjs');
  if (!existsSync(file)) return 0;
  const config = Config.safeParse(createRequire(file)(file)).data;
  return config?.coverageThreshold?.global.lines ?? 0;
}

/** Coverage that the last test run of a project left; undefined where none did. */
export function readCoverage(folder: string): Coverage | undefined {
  const file = join(folder, 'coverage/coverage-summary.json');
  if (!existsSync(file)) return undefined;
  const { data } = Summary.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!data) return undefined;
  const { covered, total } = data.total.lines;
  return { covered, lines: total, required: requiredBy(folder) };
}

/** Percent, to one digit; 100 where there is nothing to cover. */
export const percentOf = ({ covered, lines }: Pick<Coverage, 'covered' | 'lines'>): number =>
  lines === 0 ? 100 : Math.round((covered / lines) * 1_000) / 10;
