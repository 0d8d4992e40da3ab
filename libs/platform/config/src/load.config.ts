import type { z } from 'zod';
import { ConfigError } from './config-error';

type Environment = Record<string, string | undefined>;

/**
 * Reads the keys of the schema from the environment. An empty value counts as missing.
 * @throws ConfigError naming every missing and every invalid key at once
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Environment = process.env): z.output<S> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const missing = new Set<string>();
  const invalid = new Map<string, string>();
  for (const issue of result.error.issues) {
    const key = String(issue.path[0] ?? '');
    if (key && !(key in given)) missing.add(key);
    else invalid.set(key || 'environment', issue.message);
  }
  throw new ConfigError(
    [...missing],
    [...invalid].map(([key, reason]) => ({ key, reason })),
  );
}

/** Tells in plain text what the environment lacks and ends the process; any other error is thrown on. */
export function exitOnConfigError(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
