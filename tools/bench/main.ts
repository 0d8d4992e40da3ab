import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, Ground } from './bench';
import { lineOf } from './row';

/** Loaded when it is wanted. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  gateway: async () => (await import('./benches/gateway/gateway.bench')).gateway,
  events: async () => (await import('./benches/events/events.bench')).events,
  login: async () => (await import('./benches/login/login.bench')).login,
};

const USAGE = `Usage: npm run bench -- NAME… [--json]   (NAME: ${Object.keys(BENCHES).join(', ')})`;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function build(projects: readonly string[]): void {
  if (projects.length === 0) return;
  say(`building ${projects.join(', ')}`);
  const args = ['run-many', '-t', 'build', '-p', projects.join(',')];
  execFileSync('nx', args, { cwd: resolve(__dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit'] });
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
  if (positionals.length === 0 || unknown.length > 0) throw new Error(USAGE);
  const ground = Ground.parse(process.env);
  for (const name of positionals) {
    const bench = await BENCHES[name]?.();
    if (!bench) continue;
    build(bench.builds);
    for (const row of await bench.run(ground, say))
      process.stdout.write(`${lineOf(row, values.json === true)}\n`);
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
