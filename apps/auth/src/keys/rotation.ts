const DAY = 86_400_000;

/** How long a key signs. */
export const SIGNS_MS = 30 * DAY;

/** How long a retired key is still published: far longer than any token it signed lives. */
export const PUBLISHED_MS = DAY;

export const isDue = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() >= SIGNS_MS;

/** Keys retired before this moment verify nothing any more. */
export const publishedSince = (now: Date): Date => new Date(now.getTime() - PUBLISHED_MS);
