import { existsSync } from 'node:fs';
import { CONNECTION_BUDGET, migrateService, provisionService } from '@orion/database';
import { PlainFailure } from '../failure';
import type { Secrets } from '../state/secrets.store';
import { inWorkspace } from '../state/workspace';
import type { ServiceDatabase } from './environment';
import { SERVICES, type ServiceName } from './services';

export interface Databases {
  services: Record<ServiceName, ServiceDatabase>;
  auditUrls: Record<ServiceName, string>;
  pools: { app: number; worker: number };
  /** How many migrations were applied, by service. */
  applied: Record<ServiceName, number>;
}

const migrationsOf = (service: ServiceName): string => inWorkspace('apps', service, 'prisma', 'migrations');

/** Creates each service's roles and database where they are missing and brings them up to date. */
export async function provisionAll(adminUrl: string, secrets: Secrets): Promise<Databases> {
  const prefix = process.env['ORION_DATABASE_PREFIX'] || 'orion';
  const one = async (service: ServiceName) => {
    const passwords = {
      owner: secrets.password(`${service}.owner`),
      app: secrets.password(`${service}.app`),
      worker: secrets.password(`${service}.worker`),
      audit: secrets.password('audit'),
    };
    const urls = await provisionService(adminUrl, service, { passwords, prefix });
    const applied = existsSync(migrationsOf(service))
      ? await migrateService(urls.ownerUrl, migrationsOf(service))
      : [];
    return { service, urls, applied };
  };
  const results = await Promise.all(SERVICES.map((service) => one(service).catch(explain(service))));
  const by = <T>(pick: (result: (typeof results)[number]) => T) =>
    Object.fromEntries(results.map((result) => [result.service, pick(result)])) as Record<ServiceName, T>;
  return {
    services: by(({ urls }) => ({
      database: urls.database,
      ownerUrl: urls.ownerUrl,
      appUrl: urls.url,
      workerUrl: urls.workerUrl,
    })),
    auditUrls: by(({ urls }) => urls.auditUrl),
    pools: { app: CONNECTION_BUDGET.app, worker: CONNECTION_BUDGET.worker },
    applied: by(({ applied }) => applied.length),
  };
}

const explain =
  (service: ServiceName) =>
  (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(`The database of ${service} could not be brought up to date: ${reason}`);
  };
