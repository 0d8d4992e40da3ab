/** The token of a mailed link: it stands after `#`, where no server gets to see it. */
export const linkToken = (hash: string): string =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
