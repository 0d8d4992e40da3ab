import type { Bench } from '../../bench';

export const gateway: Bench = { builds: [], run: () => Promise.resolve([]) };
