export const ATTEMPTS = 5;

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Whether another try may have another answer: a server that is overloaded (429), behind its leader (412, Vault's
 * own use of it), in trouble or sealed (5xx).
 */
export const isPassing = (status: number): boolean => status === 429 || status === 412 || status >= 500;

/**
 * Milliseconds to wait before try `next` (2 is the first that waits): doubling, with up to half of it more by chance so
 * that services which start together do not come back together. What the server asks for is the least.
 * @param chance between 0 and 1
 */
export function pauseMs(next: number, chance: number, asked = 0): number {
  const doubled = FIRST_PAUSE_MS * 2 ** (next - 2);
  return Math.min(LONGEST_PAUSE_MS, Math.max(asked, doubled * (1 + chance / 2)));
}
