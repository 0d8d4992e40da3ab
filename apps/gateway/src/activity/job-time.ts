const cache = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = cache.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  cache.set(timezone, format);
  return format;
}

const isTimezone = (name: string): boolean => {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};

/**
 * An instant as people at the job read it, such as `Tue 24 Nov 09:15`; `… UTC` where the zone is not known.
 * @param instant RFC 3339
 * @param timezone IANA name
 */
export function jobTime(instant: string, timezone?: string): string {
  const zone = timezone && isTimezone(timezone) ? timezone : 'UTC';
  const parts = new Map(
    formatOf(zone)
      .formatToParts(new Date(instant))
      .map((it) => [it.type, it.value]),
  );
  const text = `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')} ${parts.get('hour')}:${parts.get('minute')}`;
  return zone === timezone ? text : `${text} UTC`;
}
