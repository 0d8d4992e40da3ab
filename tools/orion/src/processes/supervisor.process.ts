import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, PlainFailure } from '../failure';
import { readable } from '../console/log-entry';
import { prefixed } from '../console/log-lines';
import type { Progress } from '../console/progress.console';
import type { StateFolder } from '../state/state.folder';
import { signal } from './identity.probe';
import { KeptProcess, type ProcessEnd, type ProcessPlan } from './kept.process';
import { ProcessTable, SUPERVISOR } from './process-table.store';

const PROBE_EVERY_MS = 100;

/** Starts processes, keeps them alive, remembers them on disk and ends them in order. */
export class Supervisor {
  private readonly kept = new Map<string, KeptProcess>();
  private readonly table: ProcessTable;
  private settled = false;
  private ending: Promise<void> | undefined;
  private readonly past = new Map<string, ProcessEnd>();
  private readonly interruption = Promise.withResolvers<never>();
  private readonly listeners: ((pids: Record<string, number>) => void)[] = [];

  constructor(
    state: StateFolder,
    private readonly progress: Progress,
    /** Whether the output of its processes is shown; their log files hold it in any case. */
    private readonly shown = true,
  ) {
    this.table = new ProcessTable(state);
    this.table.record(SUPERVISOR, process.pid, 9, 'SIGTERM');
    // Whoever waits hears of it; nobody has to.
    this.interruption.promise.catch(() => undefined);
  }

  start(plan: ProcessPlan): KeptProcess {
    if (this.ending) throw new Interrupted();
    const kept = new KeptProcess(plan, this, () => this.settled);
    this.kept.set(plan.name, kept);
    kept.start();
    return kept;
  }

  /** Waits until a process answers; fails when it was given up or took too long. */
  async untilReady(kept: KeptProcess, answers: () => Promise<boolean>, withinMs: number): Promise<void> {
    const { name, logFile } = kept.plan;
    const lives = async (): Promise<boolean> => {
      if (await answers()) return true;
      if (kept.failure) throw kept.failure;
      return false;
    };
    await this.untilAnswers(lives, withinMs, `${name} is not ready`, `see ${logFile}`);
  }

  /** Waits until something answers; fails with `trouble` and the way out when that takes too long. */
  async untilAnswers(
    answers: () => Promise<boolean>,
    withinMs: number,
    trouble: string,
    wayOut: string,
  ): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await answers())) {
      if (this.ending) throw new Interrupted();
      if (performance.now() > deadline) {
        throw new PlainFailure(`${trouble} after ${Math.round(withinMs / 1000)} s: ${wayOut}.`);
      }
      await sleep(PROBE_EVERY_MS);
    }
  }

  /** Waits for work that cannot be ended, but no longer than until everything is to end. */
  unlessEnding<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.interruption.promise]);
  }

  /** From now on every process is restarted whenever it ends, however often. */
  settle(): void {
    this.settled = true;
  }

  pids(): Record<string, number> {
    const entries = [...this.kept].flatMap(([name, it]) => (it.pid ? [[name, it.pid] as const] : []));
    return { [SUPERVISOR]: process.pid, ...Object.fromEntries(entries) };
  }

  /** How each process that was started again had ended. */
  ends(): Record<string, ProcessEnd> {
    return Object.fromEntries(this.past);
  }

  onChange(listener: (pids: Record<string, number>) => void): void {
    this.listeners.push(listener);
  }

  /** Ends everything, the highest tier first. May be called again while it works. */
  stopAll(): Promise<void> {
    this.interruption.reject(new Interrupted());
    this.ending ??= this.endInOrder();
    return this.ending;
  }

  /** Ends everything at once, by force. */
  kill(): void {
    for (const { pid } of this.kept.values()) if (pid) signal(-pid, 'SIGKILL');
  }

  private async endInOrder(): Promise<void> {
    const all = [...this.kept.values()];
    const tiers = [...new Set(all.map((it) => it.plan.tier))].sort((a, b) => b - a);
    for (const tier of tiers) {
      const members = all.filter((it) => it.plan.tier === tier);
      await Promise.all(members.map((it) => it.stop().then(() => this.table.forget(it.plan.name))));
    }
    this.table.forget(SUPERVISOR);
  }

  line(name: string, line: string): void {
    if (!this.shown) return;
    const { colours } = this.progress;
    process.stdout.write(`${prefixed(readable(line, colours), name, [...this.kept.keys()], colours)}\n`);
  }

  began(plan: ProcessPlan, pid: number): void {
    this.table.record(plan.name, pid, plan.tier, plan.stopSignal);
    this.listeners.forEach((tell) => tell(this.pids()));
  }

  ended(plan: ProcessPlan, end: ProcessEnd, restartInMs: number | undefined): void {
    this.past.set(plan.name, end);
    const then = restartInMs === undefined ? 'given up' : `starting it again in ${restartInMs} ms`;
    this.line(plan.name, `ended (${end.how}); ${then}`);
  }
}
