import type { Options } from '@node-rs/argon2';

/** What a hashing thread is asked. */
export type HashingTask =
  { do: 'hash'; password: string; options: Options } | { do: 'verify'; stored: string; password: string };

/** What it answers: the hash, or whether the password fits. */
export type HashingAnswer = { done: string | boolean } | { failure: string };
