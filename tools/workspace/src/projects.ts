import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** A project of the Nx graph. */
export interface Project {
  name: string;
  /** Folder below the workspace. */
  root: string;
  tags: string[];
  targets: string[];
}

const Graph = z.object({
  graph: z.object({
    nodes: z.record(
      z.string(),
      z.object({
        data: z.object({
          root: z.string(),
          tags: z.array(z.string()).default([]),
          targets: z.record(z.string(), z.unknown()).default({}),
        }),
      }),
    ),
  }),
});

const nx = resolve(__dirname, '../../../node_modules/.bin/nx');

/** Every project of a workspace by its folder, as Nx sees them; throws what Nx says where the graph cannot be made. */
export function readProjects(workspace: string): Project[] {
  const folder = mkdtempSync(join(tmpdir(), 'orion-graph-'));
  const file = join(folder, 'graph.json');
  try {
    execFileSync(nx, ['graph', `--file=${file}`], {
      cwd: workspace,
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: workspace },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { graph } = Graph.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Object.entries(graph.nodes)
      .map(([name, { data }]) => ({
        name,
        root: data.root,
        tags: data.tags,
        targets: Object.keys(data.targets),
      }))
      .sort((one, other) => one.root.localeCompare(other.root));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a project is one of the apps, which teams own. */
export const isApp = ({ root }: Pick<Project, 'root'>): boolean => /^apps\/[^/]+$/.test(root);
