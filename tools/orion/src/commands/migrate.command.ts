import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, relative } from 'node:path';
import { diffSchemas } from '@orion/database';
import type { Progress } from '../console/progress.console';
import { PlainFailure } from '../failure';
import { listed } from '../infrastructure/finder';
import { startInfrastructure } from '../infrastructure/infrastructure.step';
import { folderName, hasStatements, type NewMigration, parseNew } from '../migrations/naming';
import { provisionAll } from '../platform/provision.step';
import { readPlatform } from '../platform/platform-file.store';
import { SERVICES, type ServiceName } from '../platform/services';
import { endAsked, exitCodeOf } from '../processes/ending.process';
import { ProcessTable } from '../processes/process-table.store';
import { Supervisor } from '../processes/supervisor.process';
import { Secrets } from '../state/secrets.store';
import { StateFolder } from '../state/state.folder';
import { inWorkspace, WORKSPACE } from '../state/workspace';
import { endLeftovers } from './leftovers.step';

const schemaOf = (service: ServiceName): string => inWorkspace('apps', service, 'prisma', 'schema.prisma');

/** The schema as last committed; empty when there is none yet. */
function committed(file: string): string {
  try {
    const path = relative(WORKSPACE, file);
    return execFileSync('git', ['show', `HEAD:${path}`], {
      cwd: WORKSPACE,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

async function writeMigration(
  adminUrl: string,
  service: ServiceName,
  name: string,
): Promise<string | undefined> {
  const file = schemaOf(service);
  if (!existsSync(file)) return undefined;
  const script = await diffSchemas(adminUrl, committed(file), readFileSync(file, 'utf8'));
  if (!hasStatements(script)) return undefined;
  const folder = folderName(new Date(), name);
  const migration = inWorkspace('apps', service, 'prisma', 'migrations', folder, 'migration.sql');
  mkdirSync(dirname(migration), { recursive: true });
  writeFileSync(migration, script);
  return relative(WORKSPACE, migration);
}

async function writeMigrations(adminUrl: string, wanted: NewMigration, progress: Progress): Promise<void> {
  const { name, service } = wanted;
  const written: string[] = [];
  for (const it of SERVICES) {
    const migration = service && service !== it ? undefined : await writeMigration(adminUrl, it, name);
    if (migration) written.push(migration);
  }
  if (written.length === 0) progress.say('No schema differs from the committed one: nothing to write.');
  for (const it of written)
    progress.say(`Wrote ${it}: read it, add what Prisma cannot say, then run npm run migrate.`);
}

async function bringUpToDate(adminUrl: string, state: StateFolder, progress: Progress): Promise<void> {
  const { applied } = await progress.step('databases', () => provisionAll(adminUrl, new Secrets(state)));
  for (const service of SERVICES) {
    progress.say(`  ${service}: ${applied[service] === 0 ? 'up to date' : `${applied[service]} applied`}`);
  }
}

/** Works with the running platform's server, or starts the infrastructure for as long as it takes. */
async function withPostgres(
  state: StateFolder,
  progress: Progress,
  work: (adminUrl: string) => Promise<void>,
): Promise<number> {
  const running = new ProcessTable(state).supervisor() ? readPlatform(state) : undefined;
  if (running) {
    await work(running.postgres.adminUrl);
    return 0;
  }
  await endLeftovers(state);
  const supervisor = new Supervisor(state, progress);
  const asked = endAsked(() => supervisor.kill());
  try {
    const { urls } = await startInfrastructure(state, supervisor, progress, 'durable', ['postgres']);
    const worked = urls.postgres.then(work).then(() => 0);
    return await Promise.race([worked, asked.then(exitCodeOf)]);
  } finally {
    await supervisor.stopAll();
    await endLeftovers(state);
  }
}

/** `migrate` and `migrate new NAME [--service S]` */
export function migrate(args: readonly string[], progress: Progress): Promise<number> {
  const state = StateFolder.fromEnvironment();
  if (args.length === 0) return withPostgres(state, progress, (url) => bringUpToDate(url, state, progress));
  const wanted = parseNew(args);
  if (!wanted)
    throw new PlainFailure('Say npm run migrate, or npm run migrate -- new NAME [--service NAME].');
  const { service } = wanted;
  if (service && !(SERVICES as readonly string[]).includes(service)) {
    throw new PlainFailure(`There is no service ${service}: name one of ${listed(SERVICES)}.`);
  }
  return withPostgres(state, progress, (url) => writeMigrations(url, wanted, progress));
}
