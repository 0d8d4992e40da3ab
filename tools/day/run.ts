import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '@orion/access';

/** Everything a day needs to be taken up again: kept in `<state>/runs/<id>/`. */
export interface Run {
  id: string;
  instance: string;
  email: string;
  password: string;
  /** Start of the day, 08:00 in Europe/Paris, RFC 3339; known once the business unit exists. */
  dayStart?: string;
  receiverPort?: number;
  subscription?: { id: string; secret: string };
}

const folder = (id: string): string => join(stateFolder(), 'runs', id);

export const runFile = (id: string, name: string): string => join(folder(id), name);

export function saveRun(run: Run): void {
  mkdirSync(folder(run.id), { recursive: true });
  writeFileSync(runFile(run.id, 'run.json'), JSON.stringify(run, null, 2), { mode: 0o600 });
}

export function newRun(instance: string): Run {
  const id = `${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}-${randomBytes(3).toString('hex')}`;
  const run = {
    id,
    instance,
    email: `dispatcher@day-${id}.example.com`,
    password: randomBytes(18).toString('base64url'),
  };
  saveRun(run);
  return run;
}

/** Throws one plain sentence where there is no such run, or it was of another instance. */
export function resumeRun(id: string, instance: string): Run {
  let run: Run;
  try {
    run = JSON.parse(readFileSync(runFile(id, 'run.json'), 'utf8'));
  } catch (error) {
    throw new Error(`There is no run "${id}" in ${join(stateFolder(), 'runs')}.`, { cause: error });
  }
  if (run.instance !== instance)
    throw new Error(`Run "${id}" is a day of ${run.instance}, not of ${instance}.`);
  return run;
}
