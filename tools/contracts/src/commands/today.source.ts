import * as contracts from '@orion/contracts';
import { readProjects } from '../usage/projects.graph';
import { scanUses } from '../usage/uses.scan';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { WORKSPACE } from '../state/workspace.folder';
import type { Users } from './assessment';

/** The contracts of the working tree. */
export const today = takeCatalogue(contracts);

/** Who uses them, in the working tree. */
export async function usersToday(): Promise<Users> {
  const projects = await readProjects();
  return { projects, uses: scanUses(WORKSPACE, projects) };
}
