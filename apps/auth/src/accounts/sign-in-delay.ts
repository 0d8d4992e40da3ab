export interface Tolerance {
  /** Failures that cost nothing. */
  free: number;
  /** Seconds a failure can cost at most: a delay, never a lock. */
  longest: number;
}

/** Failures of one account from one address. */
export const ACCOUNT_AT_ADDRESS: Tolerance = { free: 5, longest: 300 };

/** Failures from one address, whichever account was tried: offices and networks share addresses. */
export const ADDRESS: Tolerance = { free: 100, longest: 60 };

/**
 * Whether failures of this address count for all its accounts together. Loopback stands for whoever sits behind a
 * proxy of this machine that does not tell the caller's address: counting it would delay everybody.
 */
export const tellsCaller = (address: string): boolean => !/^(::ffff:)?127\.|^::1$/.test(address);

/** Seconds until the next attempt is looked at: 1, 2, 4 … after the free failures. */
export const delayAfter = (failures: number, { free, longest }: Tolerance): number =>
  failures <= free ? 0 : Math.min(longest, 2 ** Math.min(failures - free - 1, 30));
