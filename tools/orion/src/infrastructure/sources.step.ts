import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import type { StateFolder } from '../state/state.folder';
import { composeAnswers } from './compose.probe';
import type { Durability } from './postgres-settings';
import {
  ADDRESS_KEYS,
  choose,
  type Facts,
  type Insistence,
  listed,
  noEngine,
  nowhereToBeFound,
  packagesOf,
  type Piece,
  PIECES,
  piecesFrom,
  type Source,
} from './finder';
import { insistenceOf } from './insistence';
import { canInstall, hasApt, installPackages } from './packages.step';
import { findPrograms, piecesWithPrograms, type Programs } from './programs.probe';
import { engineAnswers } from './test-containers.instance';

export interface Sources {
  choice: Record<Piece, Source>;
  programs: Programs;
}

export const givenAddress = (piece: Piece): string | undefined =>
  process.env[ADDRESS_KEYS[piece]] || undefined;

/** Compose keeps data from one start to the next; tests get containers that are thrown away. */
const containersAnswer = async (durability: Durability): Promise<boolean> =>
  durability === 'durable' ? composeAnswers() : engineAnswers();

async function facts(programs: Programs, durability: Durability, insistence?: Insistence): Promise<Facts> {
  const given = new Set(PIECES.filter(givenAddress));
  const present = piecesWithPrograms(programs);
  const complete = PIECES.every((piece) => given.has(piece) || present.has(piece));
  // The last two take time to find out, so they are asked only when something is missing.
  return {
    given,
    programs: present,
    containers:
      insistence === 'containers' || (!complete && insistence !== 'programs')
        ? await containersAnswer(durability)
        : false,
    installable: !complete && canInstall(),
    insistence,
  };
}

/** Decides where each piece comes from, installing packages where that is the way. */
export async function settleSources(
  state: StateFolder,
  progress: Progress,
  durability: Durability,
): Promise<Sources> {
  const programs = findPrograms();
  const insistence = insistenceOf(process.env, durability === 'throwaway');
  const known = await facts(programs, durability, insistence?.word);
  const choice = choose(known);
  const missing = piecesFrom(choice, 'nowhere');
  if (missing.length > 0) {
    throw new PlainFailure(
      insistence?.word === 'containers'
        ? noEngine(insistence.key, durability === 'durable')
        : nowhereToBeFound(missing, hasApt()),
    );
  }
  const toInstall = piecesFrom(choice, 'install');
  if (toInstall.length === 0) return { choice, programs };
  const packages = packagesOf(toInstall);
  await progress.step(`installing ${listed(packages)}`, () =>
    installPackages(packages, state.file('log', 'apt.log')),
  );
  const installed = findPrograms();
  const still = toInstall.filter((piece) => !installed[piece]);
  if (still.length > 0) throw new PlainFailure(nowhereToBeFound(still, hasApt()));
  return { choice: choose({ ...known, programs: piecesWithPrograms(installed) }), programs: installed };
}
