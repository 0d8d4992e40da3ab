const MAX_WORDS = 8;

/** The words of a query as the search function wants them: letters and digits, small; each is a prefix. */
export const searchWords = (q: string): string[] =>
  (q.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MAX_WORDS);
