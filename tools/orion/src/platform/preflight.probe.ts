import { statfsSync } from 'node:fs';
import { PlainFailure } from '../failure';
import { isFree } from '../state/ports.probe';
import type { StateFolder } from '../state/state.folder';
import { everyPort, type PlatformPorts } from './services';

const NEEDED_BYTES = 1024 ** 3;

/** Refuses to begin on a disk that is nearly full. */
export function refuseFullDisk(state: StateFolder): void {
  const { bavail, bsize } = statfsSync(state.path);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  throw new PlainFailure(
    `Only ${free} MB are free on the disk of ${state.path}: free at least 1 GB, then start again.`,
  );
}

/** Refuses to begin when somebody else listens on a port of the platform. */
export async function refuseTakenPorts(ports: PlatformPorts): Promise<void> {
  const wanted = everyPort(ports);
  const free = await Promise.all(wanted.map((port) => isFree(port)));
  const taken = wanted.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const [first = 3000] = wanted;
  throw new PlainFailure(
    `Port ${taken.join(', ')} is taken: end what listens there, or choose other ports with ORION_PORT=${first + 100} npm start.`,
  );
}
