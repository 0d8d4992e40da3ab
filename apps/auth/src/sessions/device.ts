/** The order matters: most browsers name others as well. */
const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['iPad', /\biPad\b/],
  ['iPhone', /\biPhone\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

const nameIn = (table: typeof BROWSERS, text: string): string | undefined =>
  table.find(([, sign]) => sign.test(text))?.[0];

/** Browser and system of a `User-Agent` header in words; a program by the name it gives itself. */
export function deviceOf(userAgent: string): string {
  const parts = [nameIn(BROWSERS, userAgent), nameIn(SYSTEMS, userAgent)].filter((it) => it !== undefined);
  if (parts.length > 0) return parts.join(' on ');
  return /^[\w.-]{1,40}/.exec(userAgent)?.[0] ?? 'Unknown device';
}

/** Somebody's first sign-in of all is no news. @param known user agents of earlier ones */
export const isNewDevice = (userAgent: string, known: readonly string[]): boolean =>
  known.length > 0 && !known.some((it) => deviceOf(it) === deviceOf(userAgent));
