import { affected } from './src/commands/affected.command';
import { check } from './src/commands/check.command';
import { document } from './src/commands/document.command';
import { release } from './src/commands/release.command';
import { PlainFailure } from './src/state/plain-failure';

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  check: () => check(),
  document: () => document(),
  release: () => release(),
  affected,
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new PlainFailure(`There is no command "${name}": ${Object.keys(COMMANDS).join(', ')}.`);
  return command(args);
}

/** Also what Node says of arguments nobody knows. */
const isPlain = (error: unknown): error is Error =>
  error instanceof PlainFailure || (error instanceof TypeError && 'code' in error);

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(isPlain(error) ? error.message : error);
    process.exitCode = 2;
  },
);
