import { type Funnel } from '@orion/contracts';

export type Candidate = Funnel['candidates'][number];
