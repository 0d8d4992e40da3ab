import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Interrupted, PlainFailure } from '../failure';
import { inWords } from '../console/duration';
import { LastLines, LineSplitter } from '../console/log-lines';
import { signal } from './identity.probe';

export interface Command {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number };
  /** File that takes the whole output, written anew. */
  logFile?: string;
  onLine?: (line: string) => void;
  /** After this many milliseconds it is ended by force, which counts as a failure. */
  limitMs?: number;
}

export interface Outcome {
  code: number;
  /** The last lines it wrote. */
  tail: string;
}

const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const FORCE_AFTER_MS = 10_000;
const running = new Set<ChildProcess>();
const interrupted = new WeakSet<ChildProcess>();

/** Ends every command that is still under way; whoever waits for one is told that it was interrupted. */
export function endCommands(): void {
  for (const child of running) {
    interrupted.add(child);
    if (child.pid) signal(-child.pid, 'SIGTERM');
  }
}

/** Runs a command to its end. Rejects only when the program does not exist or it was told to end. */
export function run(spec: Command): Promise<Outcome> {
  const { command, args, env, cwd, user, logFile, onLine, limitMs } = spec;
  const child = spawn(command, args, {
    env,
    cwd,
    ...user,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const log = logFile ? createWriteStream(logFile, { mode: 0o600 }) : undefined;
  const last = new LastLines(25);
  for (const stream of [child.stdout, child.stderr]) {
    const splitter = new LineSplitter();
    const take = (line: string) => {
      last.add(line);
      log?.write(`${line}\n`);
      onLine?.(line);
    };
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => splitter.push(chunk).forEach(take));
    stream.on('end', () => splitter.end().forEach(take));
  }
  const tooLate = (): void => {
    onLine?.(`${command} was ended: it took longer than ${inWords(limitMs ?? 0)}.`);
    const { pid } = child;
    if (!pid) return;
    // Nx starts its tasks in groups of their own and ends them when it is asked to.
    signal(-pid, 'SIGTERM');
    setTimeout(() => running.has(child) && signal(-pid, 'SIGKILL'), FORCE_AFTER_MS).unref();
  };
  const limit = limitMs ? setTimeout(tooLate, limitMs) : undefined;
  return new Promise<Outcome>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (interrupted.has(child)) fail(new Interrupted());
      else settle({ code: code ?? 1, tail: last.all().join('\n') });
    });
  }).finally(() => {
    clearTimeout(limit);
    running.delete(child);
    log?.end();
  });
}

/** Runs a command that has to succeed; its last words and the given sentence explain a failure. */
export async function mustRun(spec: Command, sentence: string): Promise<Outcome> {
  const outcome = await run(spec);
  if (outcome.code !== 0) throw new PlainFailure(`${outcome.tail}\n${sentence}`);
  return outcome;
}

/** Runs a command with the terminal as its own and gives its exit code. */
export function handOver(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<number> {
  const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
  const forward = (name: NodeJS.Signals): void => void child.kill(name);
  for (const name of FORWARDED) process.on(name, forward);
  return new Promise<number>((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code, killedBy) => settle(killedBy ? 1 : (code ?? 1)));
  }).finally(() => FORWARDED.forEach((name) => process.off(name, forward)));
}
