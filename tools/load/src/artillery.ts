import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scenario } from './scenarios';

const TOOL = resolve(__dirname, '..');
const FOLDER = join(TOOL, 'artillery');
const PROGRAM = join(FOLDER, 'node_modules/artillery/bin/run');
const STAMP = join(FOLDER, 'node_modules/.installed');
const TOLD_EVERY_MS = 15_000;

type Say = (text: string) => void;

interface Ended {
  code: number | null;
  output: string;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(command, args, { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const forward = (signal: NodeJS.Signals) => () => void child.kill(signal);
  const [end, interrupt] = [forward('SIGTERM'), forward('SIGINT')];
  process.once('SIGTERM', end).once('SIGINT', interrupt);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)));
  return new Promise((done, refuse) => {
    child.on('error', refuse);
    child.on('close', (code) => {
      process.off('SIGTERM', end).off('SIGINT', interrupt);
      done({ code, output });
    });
  });
}

/** Says every quarter of a minute that something is still under way. */
export async function telling<T>(say: Say, text: () => string, work: Promise<T>): Promise<T> {
  const began = performance.now();
  const ticker = setInterval(
    () => say(`  … ${Math.round((performance.now() - began) / 1_000)} s  ${text()}`),
    TOLD_EVERY_MS,
  );
  try {
    return await work;
  } finally {
    clearInterval(ticker);
  }
}

const lockHash = (): string =>
  createHash('sha256')
    .update(readFileSync(join(FOLDER, 'package-lock.json')))
    .digest('hex');

/** Installs Artillery where it is missing or another version than the lock's. No script of a package runs. */
export async function ensureArtillery(say: Say): Promise<void> {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return;
  say('installing Artillery, once (460 MB, one to three minutes) …');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await telling(say, () => 'still installing', run('npm', args, process.env));
  if (code !== 0)
    throw new Error(
      `${output.trim()}\nArtillery could not be installed: npm ci in tools/load/artillery failed.`,
    );
  writeFileSync(STAMP, lockHash());
}

/** Runs a scenario; `report` is the file that Artillery writes what it measured to, `plan` what the users do. */
export async function runArtillery(
  target: string,
  { phases }: Scenario,
  { plan, report }: { plan: string; report: string },
): Promise<void> {
  const scenario = join(TOOL, 'scenarios/dispatcher.yml');
  const overrides = JSON.stringify({ config: { phases } });
  const args = ['run', scenario, '--quiet', '--target', target, '--overrides', overrides, '--output', report];
  const env = {
    ...process.env,
    ORION_LOAD_PLAN: plan,
    // Users are handed out in one place.
    WORKERS: '1',
    ARTILLERY_DISABLE_TELEMETRY: 'true',
  };
  const { code, output } = await run(process.execPath, [PROGRAM, ...args], env);
  if (code !== 0) throw new Error(`${output.trim()}\nArtillery ended with ${code}.`);
}
