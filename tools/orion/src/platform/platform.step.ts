import type { Progress } from '../console/progress.console';
import { type Infrastructure, startInfrastructure } from '../infrastructure/infrastructure.step';
import type { Durability } from '../infrastructure/postgres-settings';
import type { KeptProcess } from '../processes/kept.process';
import type { Supervisor } from '../processes/supervisor.process';
import { Secrets } from '../state/secrets.store';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace } from '../state/workspace';
import { buildAll } from './build.step';
import type { Surroundings } from './environment';
import { type PlatformFile, writePlatform } from './platform-file.store';
import { refuseFullDisk, refuseTakenPorts } from './preflight.probe';
import { type Databases, provisionAll } from './provision.step';
import { nameServerOf, providerSettings, startProvider } from './identity-provider.instance';
import { startMail, startServices } from './services.instance';
import { platformPorts, type ServiceName, serviceUrls } from './services';

export interface PlatformOptions {
  state: StateFolder;
  supervisor: Supervisor;
  progress: Progress;
  firstPort: number;
  durability: Durability;
  /** A provider for single sign-on on this machine. */
  identityProvider?: boolean;
}

export interface RunningPlatform {
  file: PlatformFile;
  services: Record<ServiceName, KeptProcess>;
  supervisor: Supervisor;
  infrastructure: Infrastructure;
}

function inSum({ applied }: Databases): string {
  const sum = Object.values(applied).reduce((total, count) => total + count, 0);
  return sum === 0 ? 'up to date' : `${sum} migrations applied`;
}

function surroundingsOf(
  { progress, firstPort, identityProvider }: PlatformOptions,
  secrets: Secrets,
  databases: Databases,
  addresses: Surroundings['addresses'],
): Surroundings {
  const ports = platformPorts(firstPort);
  return {
    addresses,
    databases: databases.services,
    ports,
    pools: databases.pools,
    encryptionKeys: {
      auth: secrets.encryptionKey('auth'),
      notification: secrets.encryptionKey('notification'),
    },
    webRoot: inWorkspace('apps', 'admin-ui', 'dist'),
    set: identityProvider ? { DNS_SERVERS: nameServerOf(ports), ...process.env } : process.env,
    colours: progress.colours,
  };
}

/** Brings everything up: infrastructure, builds and databases side by side, then the services. */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const { state, supervisor, progress, firstPort, durability, identityProvider } = options;
  const ports = platformPorts(firstPort);
  refuseFullDisk(state);
  await refuseTakenPorts(ports);
  const secrets = new Secrets(state);
  const infrastructure = await startInfrastructure(state, supervisor, progress, durability);
  const provisioned = infrastructure.urls.postgres.then((url) =>
    progress.step('databases', () => provisionAll(url, secrets), inSum),
  );
  const [addresses, databases] = await Promise.all([
    infrastructure.all,
    provisioned,
    progress.step('build', () => buildAll(state)),
    progress.step('mail sink', () => startMail(state, supervisor, ports)),
    ...(identityProvider
      ? [progress.step('identity provider', () => startProvider(state, supervisor, ports))]
      : []),
  ]);
  const surroundings = surroundingsOf(options, secrets, databases, addresses);
  const { kept, ready } = startServices(state, supervisor, surroundings);
  await progress.step(
    'services',
    () => ready,
    () => Object.keys(kept).join(', '),
  );
  const file = (): PlatformFile => ({
    url: `http://localhost:${firstPort}`,
    mailUrl: `http://localhost:${ports.mailWeb}`,
    ...(identityProvider ? { provider: providerSettings(ports) } : {}),
    serviceUrls: serviceUrls(ports),
    ports,
    pids: supervisor.pids(),
    ends: supervisor.ends(),
    postgres: {
      adminUrl: addresses.postgresUrl,
      services: databases.services,
      auditUrls: databases.auditUrls,
    },
    rabbitmqUrl: addresses.rabbitmqUrl,
    redisUrl: addresses.redisUrl,
    messagingNamespace: process.env['MESSAGING_NAMESPACE'] ?? 'orion',
    rabbitmqControl: infrastructure.control(),
  });
  writePlatform(state, file());
  supervisor.onChange(() => writePlatform(state, file()));
  supervisor.settle();
  return { file: file(), services: kept, supervisor, infrastructure };
}
