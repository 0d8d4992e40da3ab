import { paint } from './colours';

/** What a service logs, as far as it is read here; see LogEntry in libs/platform/logger. */
interface Entry {
  level: string;
  time: string;
  event?: string;
  msg?: string;
  err?: { type?: string; message?: string };
  [field: string]: unknown;
}

/** Fields that stand elsewhere in the line or say little to a person at a terminal; the log files keep all of them. */
const UNSAID = new Set([
  'level',
  'time',
  'service',
  'event',
  'msg',
  'err',
  'context',
  'organizationId',
  'userId',
  'causationId',
  'traceparent',
]);

const LEVEL_COLOURS: Record<string, number> = { warn: 33, error: 31, fatal: 31 };

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Partial<Entry>;
    return typeof entry.level === 'string' && typeof entry.time === 'string' ? (entry as Entry) : undefined;
  } catch {
    return undefined;
  }
}

const worded = (value: unknown): string =>
  typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);

/** A log entry as one line for people: time, level, event, text, other fields, fault. Other lines stay as they are. */
export function readable(line: string, colours: boolean): string {
  const entry = parse(line);
  if (!entry) return line;
  const { level, time, event, msg, err } = entry;
  const colour = LEVEL_COLOURS[level];
  const word = level.toUpperCase().padEnd(5);
  const fields = Object.entries(entry)
    .filter(([name, value]) => !UNSAID.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${worded(value)}`);
  const fault = err ? `(${err.type ?? 'Error'}: ${err.message ?? ''})` : undefined;
  const parts = [
    time.slice(11, 23),
    colours && colour ? paint(word, colour) : word,
    event,
    msg,
    ...fields,
    fault,
  ];
  return parts.filter(Boolean).join(' ');
}
