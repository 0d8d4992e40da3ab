import { setTimeout as sleep } from 'node:timers/promises';
import type { StateFolder } from '../state/state.folder';
import { signal, startOf } from './identity.probe';
import { type ProcessRecord, ProcessTable, SUPERVISOR } from './process-table.store';

const LOOK_EVERY_MS = 50;
/** Services may take 30 s, servers below them another 30 s. */
const SUPERVISOR_GRACE_MS = 80_000;
const ORPHAN_GRACE_MS = 32_000;

/** Waits until a process is gone; false when it outlived the time. */
async function isGone({ pid, started }: ProcessRecord, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (startOf(pid) === started) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

async function end(record: ProcessRecord): Promise<void> {
  signal(record.pid, record.stopSignal);
  if (await isGone(record, ORPHAN_GRACE_MS)) return;
  signal(-record.pid, 'SIGKILL');
  await isGone(record, 5_000);
}

/** Ends processes whose supervisor is gone, in the order it would have used; answers their names. */
export async function sweepOrphans(state: StateFolder): Promise<string[]> {
  const table = new ProcessTable(state);
  const { [SUPERVISOR]: _supervisor, ...orphans } = table.alive();
  const tiers = [...new Set(Object.values(orphans).map((it) => it.tier))].sort((a, b) => b - a);
  for (const tier of tiers) {
    await Promise.all(
      Object.values(orphans)
        .filter((it) => it.tier === tier)
        .map(end),
    );
  }
  for (const name of Object.keys(table.all())) table.forget(name);
  return Object.keys(orphans);
}

/** Tells a supervisor to end everything and waits until it has; false when none was running. */
export async function endSupervisor(state: StateFolder): Promise<boolean> {
  const supervisor = new ProcessTable(state).supervisor();
  if (!supervisor) return false;
  signal(supervisor.pid, 'SIGTERM');
  if (!(await isGone(supervisor, SUPERVISOR_GRACE_MS))) signal(supervisor.pid, 'SIGKILL');
  return true;
}
