export * from './context.storage';
export * from './correlation';
export * from './error-text';
export * from './log-entry';
export * from './log.service';
export * from './logger.module';
export * from './pino.factory';
export * from './redact';
export { Logger as NestLogger } from 'nestjs-pino';
