export function dueAfterMs(index: number, placeMs: number, chance: number): number;
