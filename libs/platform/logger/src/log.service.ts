import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { isLogEvent, type LogEvent } from './log-entry';

type Fields = Record<string, unknown>;

/** Writes log entries; the correlation id and the organization come from the context of the work in hand. */
@Injectable()
export class Log {
  constructor(private readonly pino: Logger) {}

  debug(event: LogEvent, fields?: Fields): void {
    this.write('debug', event, fields);
  }

  info(event: LogEvent, fields?: Fields): void {
    this.write('info', event, fields);
  }

  warn(event: LogEvent, fields?: Fields & { error?: unknown }): void {
    this.write('warn', event, fields);
  }

  error(event: LogEvent, fields?: Fields & { error?: unknown }): void {
    this.write('error', event, fields);
  }

  private write(level: 'debug' | 'info' | 'warn' | 'error', event: LogEvent, fields: Fields = {}): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const entry: Fields = isLogEvent(event)
      ? { event, ...fields }
      : { event: 'log_name_invalid', name: event, ...fields };
    if ('error' in fields) {
      entry['err'] = fields['error'];
      delete entry['error'];
    }
    this.pino[level](entry);
  }
}
