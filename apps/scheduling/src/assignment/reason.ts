import type { FunnelRule } from '@orion/contracts';
import { localTime, MINUTE } from '../calendar/grid';
import type { blockedAt } from '../calendar/technician-day';

type Blocked = NonNullable<ReturnType<typeof blockedAt>>;

const minutes = (ms: number): string => `${String(Math.ceil(ms / MINUTE))} min`;

/** Why a candidate's day does not take the job, as a rule of the funnel and a sentence for people. */
export function failedText(
  { rule, gap, stop }: Blocked,
  start: number,
  end: number,
  timezone: string,
): { rule: FunnelRule; reason: string } {
  if (rule === 'SHIFT') {
    return {
      rule,
      reason: `does not work from ${localTime(start, timezone)} to ${localTime(end, timezone)}`,
    };
  }
  if (stop) {
    const what = rule === 'HOLD' ? 'a hold' : 'a booking';
    return {
      rule: 'FREE',
      reason: `has ${what} from ${localTime(stop.startsAt, timezone)} to ${localTime(stop.endsAt, timezone)}`,
    };
  }
  if (gap && start < gap.earliest) {
    const from = gap.before ? 'the job before' : 'home';
    return { rule: 'TRAVEL', reason: `arrives from ${from} ${minutes(gap.earliest - start)} too late` };
  }
  const to = gap?.after ? 'the job after' : 'home';
  return { rule: 'TRAVEL', reason: `reaches ${to} ${minutes(start - (gap?.latest ?? start))} too late` };
}
