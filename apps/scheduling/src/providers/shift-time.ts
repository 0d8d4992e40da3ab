import type { WeeklyShift } from '../calendar/technician-day';

export interface ShiftText {
  weekday: number;
  /** HH:MM */
  from: string;
  to: string;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const two = (value: number): string => String(value).padStart(2, '0');
const timeOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

export const readShift = ({ weekday, from, to }: ShiftText): WeeklyShift => ({
  weekday,
  from: minuteOf(from),
  to: minuteOf(to),
});

export const shiftText = ({ weekday, from, to }: WeeklyShift): ShiftText => ({
  weekday,
  from: timeOf(from),
  to: timeOf(to),
});
