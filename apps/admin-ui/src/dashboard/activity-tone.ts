import { type Tone } from '../app/theme/tokens';

const TONES: [RegExp, Tone][] = [
  [/failed|disabled|expired/, 'bad'],
  [/cancelled/, 'quiet'],
  [/service-order\.created/, 'waiting'],
  [/booking\./, 'planned'],
  [/assignment\./, 'bound'],
  [/sent|delivered/, 'done'],
];

/** The colour of a line of the feed, by its event type; the text says the same. */
export const toneOfActivity = (type: string): Tone =>
  TONES.find(([pattern]) => pattern.test(type))?.[1] ?? 'quiet';
