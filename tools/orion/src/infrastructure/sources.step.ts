import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import type { StateFolder } from '../state/state.folder';
import { dockerAnswers } from './compose.instance';
import {
  ADDRESS_KEYS,
  choose,
  type Facts,
  listed,
  nowhereToBeFound,
  packagesOf,
  type Piece,
  PIECES,
  piecesFrom,
  type Source,
} from './finder';
import { canInstall, hasApt, installPackages } from './packages.step';
import { findPrograms, piecesWithPrograms, type Programs } from './programs.probe';

export interface Sources {
  choice: Record<Piece, Source>;
  programs: Programs;
}

export const givenAddress = (piece: Piece): string | undefined =>
  process.env[ADDRESS_KEYS[piece]] || undefined;

function facts(programs: Programs): Facts {
  const given = new Set(PIECES.filter(givenAddress));
  const present = piecesWithPrograms(programs);
  const complete = PIECES.every((piece) => given.has(piece) || present.has(piece));
  // The last two take time to find out, so they are asked only when something is missing.
  return {
    given,
    programs: present,
    docker: !complete && dockerAnswers(),
    installable: !complete && canInstall(),
  };
}

/** Decides where each piece comes from, installing packages where that is the way. */
export async function settleSources(state: StateFolder, progress: Progress): Promise<Sources> {
  const programs = findPrograms();
  const choice = choose(facts(programs));
  const missing = piecesFrom(choice, 'nowhere');
  if (missing.length > 0) throw new PlainFailure(nowhereToBeFound(missing, hasApt()));
  const toInstall = piecesFrom(choice, 'install');
  if (toInstall.length === 0) return { choice, programs };
  const packages = packagesOf(toInstall);
  await progress.step(`installing ${listed(packages)}`, () =>
    installPackages(packages, state.file('log', 'apt.log')),
  );
  const installed = findPrograms();
  const still = toInstall.filter((piece) => !installed[piece]);
  if (still.length > 0) throw new PlainFailure(nowhereToBeFound(still, hasApt()));
  return { choice: choose(facts(installed)), programs: installed };
}
