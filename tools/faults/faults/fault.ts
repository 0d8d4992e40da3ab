import type { Platform } from '@orion/access';

/** Throws with what went wrong; answers with what was seen where all held. */
export type Fault = (platform: Platform) => Promise<string>;
