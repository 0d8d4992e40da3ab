export interface InvalidKey {
  key: string;
  reason: string;
}

const sentence = (missing: readonly string[], invalid: readonly InvalidKey[]): string =>
  [
    'The environment is not complete:',
    ...missing.map((key) => `  ${key} is missing`),
    ...invalid.map(({ key, reason }) => `  ${key} ${reason}`),
    'Set these variables right and start again; docs/guides/secrets.md says where their values may stand.',
  ].join('\n');

/** Every key the environment lacks or gives wrongly; values are never part of the message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly missing: readonly string[],
    readonly invalid: readonly InvalidKey[],
  ) {
    super(sentence(missing, invalid));
  }
}
