import { baseConfig } from '@orion/config';
import type { z } from 'zod';

export const schedulingConfig = baseConfig;
export type SchedulingConfig = z.output<typeof schedulingConfig>;
