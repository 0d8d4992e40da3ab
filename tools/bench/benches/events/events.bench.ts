import type { Bench } from '../../bench';

export const events: Bench = { builds: [], run: () => Promise.resolve([]) };
