/** Characters of an answer that are kept in the attempt log. */
export const EXCERPT_LENGTH = 2_000;

/** Text of an answer as it is kept: its first 2,000 characters, invalid bytes and NUL replaced. */
export const excerpt = (body: Uint8Array): string =>
  new TextDecoder('utf-8')
    .decode(body)
    .replaceAll('\u0000', '\uFFFD')
    .slice(0, EXCERPT_LENGTH)
    .toWellFormed();

/** An error in one short line that a text column can hold. */
export const shortError = (text: string): string =>
  text.replaceAll('\u0000', '\uFFFD').replace(/\s+/g, ' ').trim().slice(0, 500).toWellFormed();
