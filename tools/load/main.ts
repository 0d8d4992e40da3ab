import { runningPlatform, stateFolder } from '@orion/access';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureArtillery, runArtillery, telling } from './src/artillery';
import { outcomeOf } from './src/outcome';
import { prepareUsers } from './src/prepare';
import { type LoadReport, textOf } from './src/report';
import { type Scenario, SCENARIOS } from './src/scenarios';
import { faultsOf, TARGETS } from './src/verdict';
import { Watch } from './src/watch';

const USAGE = `Usage: npm run load -- NAME [--minutes N] [--json]   (NAME: ${[...SCENARIOS.keys()].join(', ')})`;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function asked(): { name: string; json: boolean; scenario: Scenario } {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { minutes: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [name = ''] = positionals;
    const known = SCENARIOS.get(name);
    const minutes = Number(values.minutes ?? known?.minutes);
    if (!known || positionals.length > 1 || !Number.isInteger(minutes) || minutes < 1) throw new Error();
    return { name, json: values.json, scenario: known.of(minutes) };
  } catch {
    throw new Error(USAGE);
  }
}

async function main(): Promise<number> {
  const { name, json, scenario } = asked();
  const { url, serviceUrls } = runningPlatform();
  await ensureArtillery(say);
  say(`preparing ${scenario.users} users`);
  const users = await prepareUsers(url, scenario.users, say);
  const folder = join(stateFolder(), 'load');
  mkdirSync(folder, { recursive: true });
  const files = { plan: join(folder, `${name}.plan.json`), report: join(folder, `${name}.report.json`) };
  try {
    const plan = JSON.stringify({ url, pace: scenario.pace, users });
    writeFileSync(files.plan, plan, { mode: 0o600 });
    const watch = new Watch(Object.values(serviceUrls));
    await watch.begin();
    say(scenario.summary);
    const now = () => `${watch.pressure.waiting} waited at most, outbox ${watch.pressure.backlogLeft}`;
    await telling(say, now, runArtillery(url, scenario, files));
    say('waiting for the outboxes');
    const pressure = await watch.end();
    const outcome = outcomeOf(JSON.parse(readFileSync(files.report, 'utf8')));
    const faults = faultsOf(scenario, outcome, pressure);
    const passed = faults.length === 0;
    const { summary, isTimed } = scenario;
    const targets = isTimed ? TARGETS : null;
    const report: LoadReport = { name, summary, passed, faults, outcome, pressure, targets };
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : textOf(report));
    return passed ? 0 : 1;
  } finally {
    rmSync(files.plan, { force: true });
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(2);
  },
);
