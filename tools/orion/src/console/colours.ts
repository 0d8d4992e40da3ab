const ESCAPE = '\u001b';
const PALETTE = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94] as const;

/** A colour that stays with a name, from the place of the name in the list of all names. */
export function colourOf(name: string, names: readonly string[]): number {
  const place = Math.max(0, names.indexOf(name));
  return PALETTE[place % PALETTE.length] ?? PALETTE[0];
}

export const paint = (text: string, colour: number): string => `${ESCAPE}[${colour}m${text}${ESCAPE}[0m`;

// eslint-disable-next-line no-control-regex -- escape sequences begin with a control character
const SEQUENCES = /\u001b\[[0-9;]*[A-Za-z]/g;

export const withoutColours = (text: string): string => text.replace(SEQUENCES, '');

/** Colours are for people at a terminal who did not refuse them (https://no-color.org). */
export function wantsColours(environment: Record<string, string | undefined>, terminal: boolean): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] !== '0';
  return terminal;
}
