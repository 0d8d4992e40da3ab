import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inParallel, persistentClient, runningPlatform } from '@orion/access';
import { readMe } from '@orion/contracts';
import { audit } from './audit';
import { receive, serve, type Unserved } from './dispatch';
import { parseInstance } from './instance';
import { hireTechnicians, openBusinessUnit, openOrganization, subscribe } from './prepare';
import { startReceiver } from './receiver';
import { inWords, type Report } from './report';
import { newRun, resumeRun, type Run, runFile } from './run';

const USAGE = 'Usage: npm run day -- FILE [--run ID] [--json]   (FILE: a technician routing instance)';

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function day(file: string, id: string | undefined): Promise<Report> {
  const started = performance.now();
  const platform = runningPlatform();
  const instance = parseInstance(readFileSync(file, 'utf8'));
  const run: Run = id ? resumeRun(id, instance.name) : newRun(instance.name);
  say(
    `Day ${run.id} of ${instance.name}: ${instance.technicians.length} technicians, ${instance.requests.length} requests`,
  );
  say(`If it is interrupted: npm run day -- ${file} --run ${run.id}`);

  const receiver = await startReceiver(runFile(run.id, 'webhooks.txt'), run.receiverPort);
  try {
    const client = persistentClient(platform.url, { email: run.email, password: run.password });
    await openOrganization(client, run);
    const businessUnitId = await openBusinessUnit(client, run);
    const { dayStart } = run;
    if (!dayStart) throw new Error('the day has no start');
    await subscribe(client, run, receiver);
    await hireTechnicians(client, run, instance, businessUnitId);
    say(`organization, business unit, subscription and crew ready; the day is ${dayStart.slice(0, 10)}`);

    const received = await inParallel(4, instance.requests, (it) =>
      receive(client, { ...run, dayStart }, instance, businessUnitId, it),
    );
    say(`${received.length} orders received`);

    const unserved: Unserved[] = [];
    let served = 0;
    const byLatestStart = received.sort(
      (a, b) => a.request.latestStart - b.request.latestStart || a.request.id - b.request.id,
    );
    for (const [index, it] of byLatestStart.entries()) {
      const outcome = await serve(client, run, it, instance.technicians.length);
      if (outcome.served) served += 1;
      else unserved.push(outcome.unserved);
      if ((index + 1) % 10 === 0)
        say(`${index + 1}/${received.length} orders: ${served} assigned, ${unserved.length} unserved`);
    }

    say('waiting until every mail and webhook has arrived');
    const { organization } = await client.call(readMe, {});
    const found = await audit(platform, run, organization.id, receiver, unserved);
    return {
      run: run.id,
      instance: instance.name,
      day: dayStart.slice(0, 10),
      received: received.length,
      unserved,
      elapsedSeconds: (performance.now() - started) / 1000,
      ...found,
    };
  } finally {
    await receiver.close();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { run: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (!file) throw new Error(USAGE);
  const report = await day(file, values.run);
  console.log(values.json ? JSON.stringify(report) : inWords(report));
  if (report.audit.some((it) => !it.passed)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
