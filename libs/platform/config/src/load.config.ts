import type { z } from 'zod';
import { checkConfig } from './check.config';
import { ConfigError } from './config-error';

type Environment = Record<string, string | undefined>;

/**
 * Reads the keys of the schema from the environment as it stands. An empty value counts as missing.
 * @throws ConfigError naming every missing and every invalid key at once
 */
export function loadConfig<S extends z.ZodObject>(schema: S, env: Environment = process.env): z.output<S> {
  const given = Object.keys(schema.shape).flatMap((key) =>
    env[key]?.trim() ? [[key, env[key].trim()] as const] : [],
  );
  return checkConfig(schema, Object.fromEntries(given));
}

/** Tells in plain text what the environment lacks and ends the process; any other error is thrown on. */
export function exitOnConfigError(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
