import type { Platform } from '@orion/access';

export interface FaultOptions {
  /** How long the broker's alarm lasts. */
  alarmSeconds: number;
}

/** Throws with what went wrong; answers with what was seen where all held. */
export type Fault = (platform: Platform, options: FaultOptions) => Promise<string>;
