import { resolve } from 'node:path';

/** The folder of the checkout. */
export const WORKSPACE = resolve(__dirname, '../../../..');

export const inWorkspace = (...parts: string[]): string => resolve(WORKSPACE, ...parts);
