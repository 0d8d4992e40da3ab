const LOCALE = { en: 'en-GB' } as const;

export type TemplateLanguage = keyof typeof LOCALE;

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const inZone = (options: Intl.DateTimeFormatOptions, language: TemplateLanguage, timeZone: string) => {
  try {
    return new Intl.DateTimeFormat(LOCALE[language], { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(LOCALE[language], { ...options, timeZone: 'UTC' });
  }
};

/**
 * An appointment as people read it, such as `Monday, 23 November 2026, 09:15 – 10:45 (GMT+1)`.
 * @param startsAt instants as RFC 3339
 * @param timeZone IANA name; an unknown one falls back to UTC, which the text then names
 */
export function appointmentTime(
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  timeZone: string,
  language: TemplateLanguage,
): string {
  const start = new Date(startsAt);
  const end = new Date(endsAt);
  const parts = inZone({ ...TIME, timeZoneName: 'short' }, language, timeZone).formatToParts(start);
  const zone = parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  const day = inZone(DAY, language, timeZone);
  const time = inZone(TIME, language, timeZone);
  const sameDay = day.format(start) === day.format(end);
  const until = sameDay ? time.format(end) : `${day.format(end)}, ${time.format(end)}`;
  return `${day.format(start)}, ${time.format(start)} – ${until} (${zone})`;
}
