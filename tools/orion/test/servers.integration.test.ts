import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ADDRESS_KEYS } from '../src/infrastructure/finder';
import { postgresAnswers, rabbitmqAnswers, redisAnswers } from '../src/infrastructure/readiness.probe';
import { inWorkspace } from '../src/state/workspace';

let state: string;

const orion = (...args: string[]) => [inWorkspace('tools/orion/bin/orion.mjs'), ...args];
/** Without addresses of servers that run already: the launcher would use those. */
const options = () => {
  const env: NodeJS.ProcessEnv = { ...process.env, ORION_STATE: state, NODE_OPTIONS: '' };
  for (const key of Object.values(ADDRESS_KEYS)) Reflect.deleteProperty(env, key);
  return { env, encoding: 'utf8' as const };
};

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'orion-servers-'));
});

afterEach(() => {
  spawnSync(process.execPath, orion('stop'), options());
  rmSync(state, { recursive: true, force: true });
});

it('servers for single tests start once, answer, and end with stop', async () => {
  const ask = (file: string): Record<string, string> => {
    execFileSync(process.execPath, orion('servers', '--write', join(state, file)), options());
    return JSON.parse(readFileSync(join(state, file), 'utf8')) as Record<string, string>;
  };
  const first = ask('first.json');
  expect(ask('second.json')).toEqual(first);
  const { postgresUrl = '', rabbitmqUrl = '', redisUrl = '' } = first;
  const answering = () =>
    Promise.all([postgresAnswers(postgresUrl), rabbitmqAnswers(rabbitmqUrl), redisAnswers(redisUrl)]);
  expect(await answering()).toEqual([true, true, true]);
  execFileSync(process.execPath, orion('stop'), options());
  expect(await answering()).toEqual([false, false, false]);
}, 120_000);
