import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { seemly } from './concealment';
import { bufferedOutput } from './buffered-output.stream';
import { knownContext } from './context.storage';
import { errorText } from './error-text';
import { redact } from './redact';

export interface LogOptions {
  level?: string;
  format?: 'json' | 'pretty';
  /** Where lines go instead of standard output. */
  destination?: DestinationStream;
}

const PRETTY = {
  target: 'pino-pretty',
  options: {
    ignore: 'pid,hostname,service',
    messageFormat: '{service} {event} {msg}',
    translateTime: 'HH:MM:ss.l',
  },
};

/** What Nest says while it starts, one line for each module and route. */
const CHATTER = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);
const INFO = 30;
const STANDARD_OUTPUT = 1;

const isChatter = (first: unknown): boolean =>
  typeof first === 'object' && first !== null && 'context' in first && CHATTER.has(String(first.context));

/** The logger of one service: one line of JSON an entry, context on each, secrets taken out. */
export function createPino(
  service: string,
  { level = 'info', format = 'json', destination }: LogOptions = {},
): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => errorText(error) },
    hooks: {
      logMethod(args, method, level) {
        if (level !== INFO || !isChatter(args[0])) method.apply(this, args);
      },
      streamWrite: seemly,
    },
    mixin: () => ({ ...knownContext() }),
  };
  if (destination) return pino(options, destination);
  if (format === 'pretty') {
    const { level: _, ...formatters } = options.formatters ?? {};
    return pino({ ...options, formatters, transport: PRETTY });
  }
  return pino(options, bufferedOutput(STANDARD_OUTPUT));
}
