import type { ProjectGraph } from '@nx/devkit';
import type { Project } from './consumers';

/** Nx keeps the graph it has just made for the target that runs this; otherwise it is made now. */
async function graph(): Promise<ProjectGraph> {
  // Nothing of Nx may go on running when this has ended.
  process.env['NX_DAEMON'] ??= 'false';
  const { createProjectGraphAsync, readCachedProjectGraph } = await import('@nx/devkit');
  const inTarget = process.env['NX_TASK_TARGET_PROJECT'] === 'contracts';
  return inTarget ? readCachedProjectGraph() : createProjectGraphAsync({ exitOnError: false });
}

/** The projects of the workspace and what each stands on. */
export async function readProjects(): Promise<Project[]> {
  const { nodes, dependencies } = await graph();
  return Object.values(nodes).map(({ name, data }) => ({
    name,
    root: data.root,
    tags: data.tags ?? [],
    standsOn: (dependencies[name] ?? []).map((it) => it.target).filter((it) => it in nodes),
  }));
}
