import { type Environment, resolveSecrets, type SecretSource, standardSources } from '@orion/secrets';
import type { z } from 'zod';
import { checkConfig } from './check.config';

export interface FetchedConfig<S extends z.ZodObject> {
  config: z.output<S>;
  /** What of the settings must never be seen, for whoever writes logs. */
  sensitive: readonly string[];
}

/**
 * Reads the keys of the schema from the environment and from where it refers to: other variables, files, Vault.
 * @throws ConfigError naming everything that is missing, invalid or cannot be had, at once
 */
export async function fetchConfig<S extends z.ZodObject>(
  schema: S,
  env: Environment = process.env,
  sources: readonly SecretSource[] = standardSources(env),
): Promise<FetchedConfig<S>> {
  const { values, sensitive, ...reading } = await resolveSecrets(Object.keys(schema.shape), env, sources);
  return { config: checkConfig(schema, values, reading), sensitive };
}
