import { FieldProblems } from '@orion/problem';
import { isTimezone } from '../calendar/grid';
import type { OwnDay } from '../calendar/working-day';
import { hasRegion } from './holidays';

interface Settings {
  country: string;
  region: string | null;
  timezone: string;
  workingDays: readonly number[];
  ownDays: readonly OwnDay[];
}

/** @throws FieldProblems UNKNOWN_TIMEZONE, or VALIDATION_FAILED for a region or days that make no sense */
export function checkSettings({ country, region, timezone, workingDays, ownDays }: Settings): void {
  if (!isTimezone(timezone)) {
    throw new FieldProblems(
      [{ field: 'body.timezone', reason: 'is not an IANA time zone' }],
      'UNKNOWN_TIMEZONE',
    );
  }
  const errors = [
    ...(region !== null && !hasRegion(country, region)
      ? [{ field: 'body.region', reason: `is not a region of ${country} whose holidays are known` }]
      : []),
    ...(new Set(workingDays).size < workingDays.length
      ? [{ field: 'body.workingDays', reason: 'must name each day once' }]
      : []),
    ...(new Set(ownDays.map((day) => day.date)).size < ownDays.length
      ? [{ field: 'body.ownDays', reason: 'must name each date once' }]
      : []),
  ];
  if (errors.length > 0) throw new FieldProblems(errors);
}
