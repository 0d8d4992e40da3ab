import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCheckResults } from '@orion/workspace';
import { computeReport } from './src/compute-report';
import { readForge } from './src/forge/read-forge';
import { runVerdicts } from './src/quality/verdicts';
import { Report } from './src/report/report';
import { textOf } from './src/report/text';

const USAGE =
  'Usage: npm run workstreams [-- --json] [--run]   (--run: lint and types now, not as last checked)';

function options() {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, run: { type: 'boolean' } } }).values;
  } catch {
    throw new Error(USAGE);
  }
}

async function main(): Promise<void> {
  const { json, run } = options();
  const root = resolve(__dirname, '../..');
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const [checks, forge] = await Promise.all([
    run ? runVerdicts(root, say) : readCheckResults(root),
    readForge(root, process.env),
  ]);
  const report = Report.parse(await computeReport(root, { checks, forge }));
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
