import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wantsColours } from '../console/colours';

/** The folder of the checkout. */
export const WORKSPACE = resolve(__dirname, '../../../..');

export const inWorkspace = (...parts: string[]): string => resolve(WORKSPACE, ...parts);

/** A program that a package of this checkout brings. */
export const packageProgram = (name: string): string => inWorkspace('node_modules/.bin', name);

/** The environment in which everything of this checkout runs: its own Node first, no background helpers. */
export function workspaceEnvironment(more: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${inWorkspace('node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    TSX_TSCONFIG_PATH: inWorkspace('tsconfig.base.json'),
    ...(wantsColours(process.env, process.stdout.isTTY === true) ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }),
    ...more,
  };
}

/** Arguments that make Node run a TypeScript program of this checkout, whatever the current folder is. */
export const typescript = (program: string): string[] => [
  '--import',
  pathToFileURL(inWorkspace('node_modules/tsx/dist/loader.mjs')).href,
  program,
];
