import { runningPlatform } from '@orion/access';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault } from './faults/fault';
import { fault1 } from './faults/fault-1';
import { fault10 } from './faults/fault-10';
import { fault11 } from './faults/fault-11';
import { fault12 } from './faults/fault-12';
import { fault13 } from './faults/fault-13';
import { fault14 } from './faults/fault-14';
import { fault15 } from './faults/fault-15';
import { fault16 } from './faults/fault-16';
import { fault17 } from './faults/fault-17';
import { fault2 } from './faults/fault-2';
import { fault23 } from './faults/fault-23';
import { fault24 } from './faults/fault-24';
import { fault3 } from './faults/fault-3';
import { fault5 } from './faults/fault-5';
import { fault6 } from './faults/fault-6';
import { fault7 } from './faults/fault-7';
import { fault8 } from './faults/fault-8';
import { fault9 } from './faults/fault-9';

const FAULTS = new Map<number, Fault>([
  [1, fault1],
  [2, fault2],
  [3, fault3],
  [5, fault5],
  [6, fault6],
  [7, fault7],
  [8, fault8],
  [9, fault9],
  [10, fault10],
  [11, fault11],
  [12, fault12],
  [13, fault13],
  [14, fault14],
  [15, fault15],
  [16, fault16],
  [17, fault17],
  [23, fault23],
  [24, fault24],
]);

const USAGE = `Usage: npm run faults -- N… [--alarm-seconds 60]   (N: ${[...FAULTS.keys()].join(' ')})`;

async function main(args: string[]): Promise<void> {
  const { positionals: wanted, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'alarm-seconds': { type: 'string', default: '60' } },
  });
  const options = { alarmSeconds: Number(values['alarm-seconds']) };
  const faults = wanted.map((text) => ({ text, fault: FAULTS.get(Number(text)) }));
  if (faults.length === 0 || faults.some((it) => !it.fault) || !(options.alarmSeconds > 0))
    throw new Error(USAGE);
  runningPlatform();
  execFileSync('nx', ['run', 'faults:build'], { cwd: resolve(__dirname, '../..'), stdio: 'ignore' });
  for (const { text, fault } of faults) {
    try {
      // Anew each time: a fault before may have had the supervisor start processes again.
      console.log(`fault ${text} pass ${await fault?.(runningPlatform(), options)}`);
    } catch (error) {
      console.log(`fault ${text} fail ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
