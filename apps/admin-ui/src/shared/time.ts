const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

type Where = { locale: string; timeZone: string };

/** `Mon 23 Nov, 08:15` */
export const dayAndTime = (at: string, { locale, timeZone }: Where): string =>
  format(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

/** `08:15` */
export const timeOnly = (at: string, { locale, timeZone }: Where): string =>
  format(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `Monday 23 November` */
export const longDay = (at: string, { locale, timeZone }: Where): string =>
  format(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));

/** `Mon 23 Nov` */
export const shortDay = (at: string, { locale, timeZone }: Where): string =>
  format(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at));

/** `2026-11-23`, the day in that time zone: a key for grouping. */
export const dayKey = (at: string, timeZone: string): string =>
  format('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));

/** `GMT+1`, `CET`: the zone's short name at that moment. */
export const zoneName = (at: string, { locale, timeZone }: Where): string =>
  format(locale, { timeZone, timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find((part) => part.type === 'timeZoneName')?.value ?? timeZone;

/** `Mon 23 Nov, 08:15–09:45`; both days where they differ. */
export const span = (from: string, to: string, where: Where): string =>
  dayKey(from, where.timeZone) === dayKey(to, where.timeZone)
    ? `${dayAndTime(from, where)}–${timeOnly(to, where)}`
    : `${dayAndTime(from, where)} – ${dayAndTime(to, where)}`;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `5 minutes ago`, `in 2 days`; `now` in milliseconds since 1970. */
export function relative(at: string, now: number, locale: string): string {
  const away = Date.parse(at) - now;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(away) >= size) return words.format(Math.trunc(away / size), unit);
  }
  return words.format(0, 'second');
}
