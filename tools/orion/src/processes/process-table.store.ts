import type { StateFolder } from '../state/state.folder';
import { startOf } from './identity.probe';

export interface ProcessRecord {
  pid: number;
  /** When it began, see identity.probe. */
  started: string;
  /** Higher tiers are ended first. */
  tier: number;
  stopSignal: NodeJS.Signals;
}

const FILE = 'processes.json';
export const SUPERVISOR = 'supervisor';

/** Which processes belong to a platform, written at every change so that nothing is ever left behind. */
export class ProcessTable {
  constructor(private readonly state: StateFolder) {}

  record(name: string, pid: number, tier: number, stopSignal: NodeJS.Signals): void {
    const started = startOf(pid);
    if (started) this.write({ ...this.all(), [name]: { pid, started, tier, stopSignal } });
  }

  forget(name: string): void {
    const { [name]: _gone, ...others } = this.all();
    this.write(others);
  }

  all(): Record<string, ProcessRecord> {
    return this.state.read<Record<string, ProcessRecord>>(FILE) ?? {};
  }

  /** The recorded processes that still run. */
  alive(): Record<string, ProcessRecord> {
    return Object.fromEntries(Object.entries(this.all()).filter(([, it]) => startOf(it.pid) === it.started));
  }

  /** The process that watches over the others, if it runs. */
  supervisor(): ProcessRecord | undefined {
    return this.alive()[SUPERVISOR];
  }

  private write(records: Record<string, ProcessRecord>): void {
    this.state.write(FILE, records);
  }
}
