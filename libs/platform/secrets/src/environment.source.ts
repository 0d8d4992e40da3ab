import { type SecretSource, SecretError } from './secret-source';

export type Environment = Record<string, string | undefined>;

/** `env:NAME`: the value of another variable, for platforms that choose the names. */
export class EnvironmentSource implements SecretSource {
  readonly scheme = 'env';

  constructor(private readonly env: Environment) {}

  read(reference: string): Promise<string> {
    const value = this.env[reference]?.trim();
    return value
      ? Promise.resolve(value)
      : Promise.reject(new SecretError(`refers to ${reference}, which is not set`));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
