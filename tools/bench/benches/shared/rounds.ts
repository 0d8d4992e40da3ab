/** The middle value; between two, the half of both. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half)] ?? NaN)) / 2;
}

export const SIDES = ['ours', 'bare'] as const;
export type SideName = (typeof SIDES)[number];

/** Which of the two goes first: A B, B A, A B, … so that neither profits from what changes over time. */
export const order = (round: number): readonly SideName[] => (round % 2 === 0 ? SIDES : SIDES.toReversed());
