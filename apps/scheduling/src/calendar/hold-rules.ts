import { BusinessRuleException, FieldProblems } from '@orion/problem';
import { type DayGrid, onGrid } from './grid';

interface HoldRequest {
  readonly start: number;
  readonly now: number;
  readonly grid: DayGrid;
  readonly earliestStart: Date;
  readonly latestStart: Date;
}

/** @throws FieldProblems off the quarter-hour grid; BusinessRuleException OUTSIDE_WINDOW */
export function checkStart({ start, now, grid, earliestStart, latestStart }: HoldRequest): void {
  if (!onGrid(grid, start)) {
    throw new FieldProblems([{ field: 'body.startsAt', reason: 'must lie on a quarter of an hour' }]);
  }
  if (start < earliestStart.getTime() || start > latestStart.getTime()) {
    const window = `${earliestStart.toISOString()} to ${latestStart.toISOString()}`;
    throw new BusinessRuleException('OUTSIDE_WINDOW', `The order can start from ${window}`);
  }
  if (start < now) throw new BusinessRuleException('OUTSIDE_WINDOW', 'The start lies in the past');
}

/** Candidates tried, one after another where each is lost to somebody else; bounds the time a hold can take. */
export const MAX_TRIES = 32;

const MAX_ALTERNATIVES = 5;

/** Up to five free starts, the nearest to the wanted one first. */
export const nearest = <S extends { startsAt: number }>(slots: readonly S[], start: number): S[] =>
  slots
    .filter((slot) => slot.startsAt !== start)
    .sort((a, b) => Math.abs(a.startsAt - start) - Math.abs(b.startsAt - start) || a.startsAt - b.startsAt)
    .slice(0, MAX_ALTERNATIVES);
