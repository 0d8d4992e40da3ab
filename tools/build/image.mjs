import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createProjectGraphAsync } from '@nx/devkit';
import { createLockFile, createPackageJson } from '@nx/js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Lays out what an image holds: the bundle, exactly the packages it stands on, at the versions of this checkout,
 * and the folders named by `--with`. Answers with the folder.
 */
async function layOut(service, folders) {
  const graph = await createProjectGraphAsync();
  const project = graph.nodes[service];
  if (!project) throw new Error(`There is no project ${service}.`);
  const { dependencies } = createPackageJson(service, graph, { isProduction: true, root });
  const packageJson = { name: `orion-${service}`, version: '0.0.0', private: true, dependencies };
  const context = join(root, 'dist/images', service);
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  writeFileSync(join(context, 'package.json'), JSON.stringify(packageJson, null, 2));
  writeFileSync(join(context, 'package-lock.json'), createLockFile(packageJson, graph, 'npm'));
  cpSync(join(root, project.data.root, 'dist'), context, { recursive: true });
  for (const folder of folders) cpSync(join(root, folder), join(context, folder), { recursive: true });
  return context;
}

function dockerBuild(service, context) {
  const tag = `orion/${service}:${process.env.ORION_IMAGE_TAG || 'local'}`;
  const base = process.env.ORION_NODE_IMAGE;
  const args = ['build', '--file', join(root, 'tools/build/Dockerfile'), '--tag', tag];
  if (base) args.push('--build-arg', `NODE_IMAGE=${base}`);
  const { status, error } = spawnSync('docker', [...args, context], { stdio: 'inherit' });
  if (error)
    throw new Error('docker was not found: install Docker, or lay the image out only with --lay-out.');
  return status ?? 1;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { with: { type: 'string', multiple: true }, 'lay-out': { type: 'boolean' } },
});
const [service] = positionals;
try {
  if (service === undefined)
    throw new Error('Usage: image.mjs SERVICE [--with FOLDER]… [--lay-out]   (after nx build SERVICE)');
  const context = await layOut(service, values.with ?? []);
  process.exit(values['lay-out'] ? 0 : dockerBuild(service, context));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
