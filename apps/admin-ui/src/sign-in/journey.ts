/** What a page keeps while its person is at their provider: in the tab alone, and never in an address. */
export interface Journey {
  attempt: string;
  returnTo: string | undefined;
}

const KEY = 'orion-sign-on';

export const keepJourney = (storage: Storage, journey: Journey): void =>
  storage.setItem(KEY, JSON.stringify(journey));

/** Gives what was kept, once; null where this tab began nothing. */
export function takeJourney(storage: Storage): Journey | null {
  const kept = storage.getItem(KEY);
  storage.removeItem(KEY);
  return kept === null ? null : (JSON.parse(kept) as Journey);
}
