import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule as PinoModule } from 'nestjs-pino';
import { httpLog } from './http-log';
import { Log } from './log.service';
import { createPino, type LogOptions } from './pino.factory';

/** Global: `Log` can be injected everywhere, Nest's own logger and the log of requests write to the same place. */
@Module({})
export class LoggerModule {
  static forService(name: string, options: LogOptions = {}): DynamicModule {
    const logger = createPino(name, options);
    return {
      module: LoggerModule,
      global: true,
      imports: [PinoModule.forRoot({ pinoHttp: { ...httpLog, logger } })],
      providers: [{ provide: Log, useValue: new Log(logger) }],
      exports: [Log, PinoModule],
    };
  }
}
