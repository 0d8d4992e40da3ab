import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { PlainFailure } from '../failure';
import { LastLines, LineSplitter } from '../console/log-lines';
import { signal } from './identity.probe';
import { verdict } from './restart-policy';

export interface ProcessPlan {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Operating system user to run as; the launcher's own if left out. */
  user?: { uid: number; gid: number };
  logFile: string;
  /** Whether its output belongs into the common log stream. */
  streamed: boolean;
  /** Higher tiers are ended first. */
  tier: number;
  stopSignal: NodeJS.Signals;
  /** How long it may take to end in order, in milliseconds. */
  graceMs: number;
}

export interface ProcessEnd {
  pid: number;
  /** Such as `exit code 0` or `killed by SIGKILL`. */
  how: string;
}

export interface Watchers {
  line(name: string, line: string): void;
  began(plan: ProcessPlan, pid: number): void;
  ended(plan: ProcessPlan, end: ProcessEnd, restartInMs: number | undefined): void;
}

/** One process that is kept alive until it is told to end. */
export class KeptProcess {
  private child: ChildProcess | undefined;
  private exit: Promise<void> = Promise.resolve();
  private log: WriteStream | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wanted = false;
  private endsInARow = 0;
  private readonly words = new LastLines(12);
  private gaveUp: PlainFailure | undefined;

  constructor(
    readonly plan: ProcessPlan,
    private readonly watchers: Watchers,
    private readonly isSettled: () => boolean,
  ) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Why nobody tries to start it again, if that is so. */
  get failure(): PlainFailure | undefined {
    return this.gaveUp;
  }

  start(): void {
    this.wanted = true;
    this.log ??= createWriteStream(this.plan.logFile, { flags: 'a', mode: 0o600 });
    this.spawn();
  }

  /** Ends it in order, or by force after its grace. */
  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.timer);
    const { child } = this;
    if (child?.pid) {
      const { pid } = child;
      signal(pid, this.plan.stopSignal);
      const force = setTimeout(() => signal(-pid, 'SIGKILL'), this.plan.graceMs);
      await this.exit;
      clearTimeout(force);
    }
    this.log?.end();
    this.log = undefined;
  }

  /** Ends it and starts it anew, as after a change of its program. */
  async restart(): Promise<void> {
    await this.stop();
    this.endsInARow = 0;
    this.start();
  }

  private spawn(): void {
    const { command, args, env, cwd, user } = this.plan;
    const began = performance.now();
    // A group of its own keeps the terminal's Ctrl-C away: the supervisor ends processes in order.
    const child = spawn(command, args, {
      env,
      cwd,
      ...user,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) this.follow(stream);
    if (child.pid) this.watchers.began(this.plan, child.pid);
    this.exit = new Promise((settle) => {
      const over = (how: string) => {
        this.child = undefined;
        settle();
        if (this.wanted) this.afterEnd({ pid: child.pid ?? 0, how }, performance.now() - began);
      };
      child.once('error', (error) => over(error.message));
      child.once('exit', (code, killedBy) => over(killedBy ? `killed by ${killedBy}` : `exit code ${code}`));
    });
  }

  private follow(stream: NodeJS.ReadableStream): void {
    const splitter = new LineSplitter();
    const take = (line: string) => {
      this.words.add(line);
      this.log?.write(`${line}\n`);
      if (this.plan.streamed) this.watchers.line(this.plan.name, line);
    };
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => splitter.push(chunk).forEach(take));
    stream.on('end', () => splitter.end().forEach(take));
  }

  private afterEnd(end: ProcessEnd, ranMs: number): void {
    const next = verdict({ earlierEnds: this.endsInARow, ranMs, settled: this.isSettled() });
    this.watchers.ended(this.plan, end, next.restart ? next.inMs : undefined);
    if (next.restart) {
      this.endsInARow = next.endsInARow;
      this.timer = setTimeout(() => this.spawn(), next.inMs);
      return;
    }
    const words = this.words.all().join('\n');
    this.gaveUp = new PlainFailure(
      `${words}\n${this.plan.name} does not start (${end.how}): see ${this.plan.logFile}, then start again.`,
    );
  }
}
