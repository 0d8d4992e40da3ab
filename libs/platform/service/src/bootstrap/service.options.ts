import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import type { BaseConfig } from '@orion/config';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HelmetOptions } from 'helmet';
import type { z } from 'zod';
import type { Front } from '../http/front';

type ServiceModuleType = Type | DynamicModule;

export interface ServiceOptions<S extends z.ZodObject = z.ZodObject> {
  name: string;
  /** The service's module, or an arrow function that makes it from the configuration. */
  module: ServiceModuleType | ((config: z.output<S>) => ServiceModuleType);
  config: S;
  /** Runs on the created application before it starts: middleware, documents, static files. */
  beforeListen?: (app: NestFastifyApplication, config: z.output<S>) => Promise<void> | void;
  /** What answers before Fastify does; a process that does background work only has none. */
  front?: (app: NestFastifyApplication, config: z.output<S>) => Front;
  /** Response headers other than helmet's defaults. */
  helmet?: HelmetOptions;
}

export type ServiceConfig = Pick<
  BaseConfig,
  'HOST' | 'PORT' | 'LOG_LEVEL' | 'LOG_FORMAT' | 'ORION_ROLE' | 'SHUTDOWN_GRACE_MS'
>;

export type App = INestApplication & NestFastifyApplication;

const isFactory = <C>(module: unknown): module is (config: C) => ServiceModuleType =>
  typeof module === 'function' && module.prototype === undefined;

export const moduleOf = <S extends z.ZodObject>(
  { module }: ServiceOptions<S>,
  config: z.output<S>,
): ServiceModuleType => (isFactory<z.output<S>>(module) ? module(config) : module);
