/** A setting and what is wrong with it, in words that follow its name and hold no value. */
export interface Trouble {
  key: string;
  reason: string;
}

/** Where values lie that the environment only refers to. */
export interface SecretSource {
  /** What its references begin with: `vault` for `vault:secret/data/orion/auth#database_url`. */
  readonly scheme: string;
  /**
   * The value behind a reference, which comes without its scheme.
   * @throws SecretError in words that hold no value
   */
  read(reference: string): Promise<string>;
  /** Gives back what reading took, such as a login. */
  close(): Promise<void>;
}

/** A value that could not be had. */
export class SecretError extends Error {
  override readonly name = 'SecretError';

  constructor(
    reason: string,
    /** The setting to correct, where that is not the one which holds the reference. */
    readonly setting?: string,
  ) {
    super(reason);
  }
}
