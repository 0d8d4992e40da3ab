import { EnvironmentSource, type Environment } from './environment.source';
import { FileSource } from './file.source';
import type { SecretSource } from './secret-source';
import { VaultSource } from './vault/vault.source';

/** Other variables, files and HashiCorp Vault (or OpenBao), which is asked only when something refers to it. */
export const standardSources = (env: Environment): SecretSource[] => [
  new EnvironmentSource(env),
  new FileSource(),
  new VaultSource(env),
];
