import type { core } from 'zod';

type Issue = core.$ZodRawIssue;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  email: 'an e-mail address',
  url: 'an address (URL)',
  datetime: 'a time as RFC 3339, such as 2026-11-21T08:00:00Z',
  date: 'a date as YYYY-MM-DD',
  time: 'a time of day as HH:MM',
};

const UNITS: Readonly<Record<string, string>> = { string: 'characters', array: 'items', set: 'items' };

const shown = (value: unknown): string => (typeof value === 'string' ? value : String(value));

function size(issue: Issue, origin: string, limit: unknown, word: 'least' | 'most'): string {
  const unit = UNITS[origin];
  return unit ? `must have at ${word} ${shown(limit)} ${unit}` : `must be at ${word} ${shown(limit)}`;
}

/** Why a value is refused, for people; undefined leaves the schema's own words. */
export function reason(issue: Issue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[String(issue.expected)] ?? String(issue.expected)}`;
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'may not be empty';
      return size(issue, String(issue.origin), issue.minimum, 'least');
    case 'too_big':
      return size(issue, String(issue.origin), issue.maximum, 'most');
    case 'invalid_format': {
      const format = FORMATS[String(issue.format)];
      return format ? `must be ${format}` : undefined;
    }
    case 'invalid_value':
      return `must be ${issue.values?.length === 1 ? '' : 'one of '}${issue.values?.map(shown).join(', ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${shown(issue.divisor)}`;
    default:
      return undefined;
  }
}
