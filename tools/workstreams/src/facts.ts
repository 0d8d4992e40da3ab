import type { Project } from '@orion/workspace';
import type { Catalogue } from './source/catalogue';
import type { Schema } from './source/schema';
import type { Usage } from './source/usage';

/** One app and what its sources say. */
export interface AppFacts {
  project: Project;
  isWeb: boolean;
  usage: Usage;
  schema?: Schema;
  /** Places in its sources that reach for the network without the client of the contracts. */
  bypasses: string[];
}

/** What the checks decide from. */
export interface Facts {
  catalogue: Catalogue;
  apps: readonly AppFacts[];
}
