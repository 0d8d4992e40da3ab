import { Progress } from './console/progress.console';
import { sentenceOf } from './failure';
import { USAGE } from './commands/usage';

type Command = (args: readonly string[], progress: Progress) => Promise<number>;

/** Each command loads what it needs, so that the small ones answer at once. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.command')).start,
  stop: async () => (await import('./commands/stop.command')).stop,
  status: async () => (await import('./commands/status.command')).status,
  reset: async () => (await import('./commands/stop.command')).reset,
  dev: async () => (await import('./commands/dev.command')).dev,
  migrate: async () => (await import('./commands/migrate.command')).migrate,
  test: async () => (await import('./commands/test.command')).test,
  check: async () => (await import('./commands/check.command')).check,
  day: async () => (await import('./commands/tool.command')).tool('day'),
  faults: async () => (await import('./commands/tool.command')).tool('faults'),
  load: async () => (await import('./commands/tool.command')).tool('load'),
  servers: async () => (await import('./commands/servers.command')).servers,
  bench: async () => (await import('./commands/bench.command')).bench,
  workstreams: async () => (await import('./commands/tool.command')).toolAlone('workstreams'),
};

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const progress = new Progress();
  const load = COMMANDS[name];
  if (!load) {
    progress.say(USAGE);
    return name === '' || name === 'help' ? 0 : 2;
  }
  try {
    return await (
      await load()
    )(args, progress);
  } catch (error) {
    progress.say(sentenceOf(error));
    return 1;
  }
}

void main().then((code) => process.exit(code));
