import type { BrokerControl } from '../infrastructure/rabbitmq.instance';
import type { ProcessEnd } from '../processes/kept.process';
import type { StateFolder } from '../state/state.folder';
import type { ProviderSettings } from './identity-provider.instance';
import type { ServiceDatabase } from './environment';
import type { PlatformPorts, ServiceName } from './services';

/** What tools beside the platform may know of it. */
export interface PlatformFile {
  url: string;
  mailUrl: string;
  /** Where one runs: what an organization sets to sign its people in by it. */
  provider?: ProviderSettings;
  /** Where each service itself answers, past the gateway. */
  serviceUrls: Record<ServiceName, string>;
  ports: PlatformPorts;
  /** Process ids by name, kept current when something is restarted. */
  pids: Record<string, number>;
  /** How the process of that name before the present one ended. */
  ends: Record<string, ProcessEnd>;
  postgres: {
    /** Logs in as a superuser. */
    adminUrl: string;
    services: Record<ServiceName, ServiceDatabase>;
    /** Reads everything in a service's database, changes nothing. */
    auditUrls: Record<ServiceName, string>;
  };
  rabbitmqUrl: string;
  redisUrl: string;
  /** First part of the names of exchanges and queues. */
  messagingNamespace: string;
  /** The private broker's command line tool with the environment it needs. */
  rabbitmqControl?: BrokerControl;
}

const FILE = 'platform.json';

export const readPlatform = (state: StateFolder): PlatformFile | undefined => state.read<PlatformFile>(FILE);

export const writePlatform = (state: StateFolder, platform: PlatformFile): void =>
  state.write(FILE, platform);

export const removePlatform = (state: StateFolder): void => state.remove(FILE);
