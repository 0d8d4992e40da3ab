const REDACTED = '[redacted]';

/** Shorter ones are too likely to be a part of something else; no password that is one should be in use. */
const SHORTEST = 6;

/** The password in `scheme://user:password@host`. */
const PASSWORD_IN_ADDRESS = /:\/\/([^\s:/@"\\]*):[^\s/@"\\]+@/g;

/** What follows the prefix of an API key, which people are told keys by. */
const SECRET_OF_KEY = /(orion_[0-9a-f]{8}_)[\w-]{64}/g;

const concealed = new Set<string>();

/** From now on no line of any log of this process holds these values, wherever in it they stand. */
export function conceal(values: Iterable<string>): void {
  for (const value of values) {
    if (value.length < SHORTEST) continue;
    concealed.add(value);
    // As it stands within a string of JSON.
    concealed.add(JSON.stringify(value).slice(1, -1));
  }
}

/** A line as it may be seen: without concealed values, passwords in addresses and API keys. */
export function seemly(line: string): string {
  let text = line.includes('://') ? line.replace(PASSWORD_IN_ADDRESS, `://$1:${REDACTED}@`) : line;
  if (text.includes('orion_')) text = text.replace(SECRET_OF_KEY, `$1${REDACTED}`);
  for (const value of concealed) if (text.includes(value)) text = text.replaceAll(value, REDACTED);
  return text;
}
