import { baseConfig } from '@orion/config';
import type { z } from 'zod';

export const userConfig = baseConfig;
export type UserConfig = z.output<typeof userConfig>;
