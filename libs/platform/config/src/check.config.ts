import type { z } from 'zod';
import { ConfigError, type InvalidKey } from './config-error';

/** What reading the settings came upon. */
interface Reading {
  troubles: readonly InvalidKey[];
  /** Settings that have a value which could not be had. */
  unread: readonly string[];
}

/**
 * The settings as the schema makes them.
 * @throws ConfigError naming every missing and every invalid key at once
 */
export function checkConfig<S extends z.ZodObject>(
  schema: S,
  given: Record<string, string>,
  { troubles, unread }: Reading = { troubles: [], unread: [] },
): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success && troubles.length === 0) return result.data;
  const missing = new Set<string>();
  const invalid = new Map<string, string>();
  for (const issue of result.error?.issues ?? []) {
    const key = String(issue.path[0] ?? '');
    if (unread.includes(key)) continue;
    if (key && !(key in given)) missing.add(key);
    else invalid.set(key || 'environment', issue.message);
  }
  for (const { key, reason } of troubles) invalid.set(key, reason);
  throw new ConfigError(
    [...missing],
    [...invalid].map(([key, reason]) => ({ key, reason })),
  );
}
