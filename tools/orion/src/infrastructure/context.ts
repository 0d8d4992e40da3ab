import type { Progress } from '../console/progress.console';
import type { Supervisor } from '../processes/supervisor.process';
import type { StateFolder } from '../state/state.folder';
import type { Secrets } from '../state/secrets.store';
import type { Ports } from '../state/ports';
import type { Durability } from './postgres-settings';

/** What the private programs of one platform need in order to start. */
export interface InstanceContext {
  state: StateFolder;
  secrets: Secrets;
  supervisor: Supervisor;
  progress: Progress;
  ports: Ports;
  durability: Durability;
}

/** Tiers in which processes end: services first, then what they stand on, then what that stands on. */
export const TIERS = { services: 3, servers: 2, foundations: 1 } as const;
