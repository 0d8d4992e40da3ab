import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { signal, startOf } from '../src/processes/identity.probe';
import type { ProcessPlan } from '../src/processes/kept.process';
import { ProcessTable } from '../src/processes/process-table.store';
import { run } from '../src/processes/run.process';
import { Supervisor } from '../src/processes/supervisor.process';
import { sweepOrphans } from '../src/processes/sweep.process';
import { Secrets } from '../src/state/secrets.store';
import { StateFolder } from '../src/state/state.folder';
import { QuietProgress } from './quiet.progress';

let state: StateFolder;

beforeEach(() => {
  state = new StateFolder(mkdtempSync(join(tmpdir(), 'orion-processes-')));
});

afterEach(() => rmSync(state.path, { recursive: true, force: true }));

const plan = (name: string, script: string, tier = 1): ProcessPlan => ({
  name,
  command: '/bin/sh',
  args: ['-c', script],
  env: { PATH: process.env['PATH'] },
  cwd: state.path,
  logFile: state.file(`${name}.log`),
  streamed: false,
  tier,
  stopSignal: 'SIGTERM',
  graceMs: 500,
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await sleep(20);
  }
}

it('starts a killed process again within a second and remembers its new id', async () => {
  const supervisor = new Supervisor(state, new QuietProgress());
  const seen: Record<string, number>[] = [];
  supervisor.onChange((pids) => seen.push(pids));
  const kept = supervisor.start(plan('worker', 'exec sleep 600'));
  const first = kept.pid ?? 0;
  signal(first, 'SIGKILL');
  const killed = Date.now();
  await until(() => kept.pid !== undefined && kept.pid !== first);
  expect(Date.now() - killed).toBeLessThan(1_000);
  expect(seen.at(-1)?.['worker']).toBe(kept.pid);
  expect(new ProcessTable(state).alive()['worker']?.pid).toBe(kept.pid);
  await supervisor.stopAll();
  expect(new ProcessTable(state).all()).toEqual({});
});

it('gives up what never gets up, with its last words', async () => {
  const supervisor = new Supervisor(state, new QuietProgress());
  const kept = supervisor.start(plan('broken', 'echo no such key >&2; exit 3'));
  const ready = supervisor.untilReady(kept, () => Promise.resolve(false), 5_000);
  await expect(ready).rejects.toThrow(/no such key[\s\S]*broken does not start \(exit code 3\)/);
  await supervisor.stopAll();
});

it('says which process is late', async () => {
  const supervisor = new Supervisor(state, new QuietProgress());
  const kept = supervisor.start(plan('slow', 'exec sleep 600'));
  await expect(supervisor.untilReady(kept, () => Promise.resolve(false), 300)).rejects.toThrow(
    /slow is not ready/,
  );
  await supervisor.stopAll();
});

it('ends the highest tier first and forces what does not listen', async () => {
  const supervisor = new Supervisor(state, new QuietProgress());
  const ends = state.file('ends.txt');
  const farewell = (name: string) =>
    `trap 'echo ${name} >> ${ends}; exit 0' TERM; while :; do sleep 0.05; done`;
  supervisor.start(plan('database', farewell('database'), 1));
  supervisor.start(plan('service', farewell('service'), 2));
  const deaf = supervisor.start(plan('deaf', `trap '' TERM; while :; do sleep 0.05; done`, 2));
  const deafPid = deaf.pid ?? 0;
  await sleep(200);
  await supervisor.stopAll();
  expect(readFileSync(ends, 'utf8')).toBe('service\ndatabase\n');
  expect(startOf(deafPid)).toBeUndefined();
});

it('ends what a dead supervisor left, and nobody else’s process', async () => {
  const table = new ProcessTable(state);
  const [orphan, foreign] = [0, 1].map(() => spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }));
  const [orphanPid = 0, foreignPid = 0] = [orphan?.pid, foreign?.pid];
  table.record('orphan', orphanPid, 1, 'SIGTERM');
  table.record('foreign', foreignPid, 1, 'SIGTERM');
  const records = table.all();
  state.write('processes.json', { ...records, foreign: { ...records['foreign'], started: 'another time' } });
  expect(await sweepOrphans(state)).toEqual(['orphan']);
  expect(startOf(orphanPid)).toBeUndefined();
  expect(startOf(foreignPid)).toBeDefined();
  foreign?.kill('SIGKILL');
});

it('makes secrets once, for their owner only', () => {
  const first = new Secrets(state);
  const second = new Secrets(state);
  const [password, key] = [first.password('auth.app'), second.encryptionKey('auth')];
  expect(new Secrets(state).password('auth.app')).toBe(password);
  expect(new Secrets(state).encryptionKey('auth')).toBe(key);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(statSync(state.file('secrets.json')).mode & 0o777).toBe(0o600);
});

it('gives the exit code and the last words of a command', async () => {
  const lines: string[] = [];
  const outcome = await run({
    command: '/bin/sh',
    args: ['-c', 'echo one; echo two; exit 4'],
    onLine: (it) => lines.push(it),
  });
  expect(outcome).toEqual({ code: 4, tail: 'one\ntwo' });
  expect(lines).toEqual(['one', 'two']);
});

it('ends a command that takes too long, with everything it started', async () => {
  const began = Date.now();
  const outcome = await run({ command: '/bin/sh', args: ['-c', 'sleep 600 & sleep 600'], limitMs: 300 });
  expect(outcome.code).toBe(1);
  expect(Date.now() - began).toBeLessThan(5_000);
});
