import { PlainFailure } from '../failure';
import type { Insistence } from './finder';

export const INSISTENCE_KEY = 'ORION_INFRASTRUCTURE';
/** For `npm test` alone; wins over the key above there. */
export const TEST_INSISTENCE_KEY = 'ORION_TEST_INFRASTRUCTURE';

const WORDS: readonly string[] = ['programs', 'containers'] satisfies Insistence[];

/** What the person insists on, and by which setting. Throws a PlainFailure for a word that means nothing. */
export function insistenceOf(
  env: NodeJS.ProcessEnv,
  forTests: boolean,
): { key: string; word: Insistence } | undefined {
  const key = [...(forTests ? [TEST_INSISTENCE_KEY] : []), INSISTENCE_KEY].find((it) => env[it]);
  const word = key ? env[key] : undefined;
  if (!key || !word) return undefined;
  if (!WORDS.includes(word)) {
    throw new PlainFailure(`${key} is neither programs nor containers: choose one, or unset it.`);
  }
  return { key, word: word as Insistence };
}
