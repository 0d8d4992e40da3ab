import { resolve } from 'node:path';
import { allFaults } from './src/all-faults';
import { lineOf } from './src/fault';
import { readRepository } from './src/read-repository';
import { formsOf, workflowsOf } from './src/repository';

async function main(): Promise<number> {
  const repository = readRepository(resolve(__dirname, '../..'));
  const faults = await allFaults(repository);
  for (const fault of faults) console.log(lineOf(fault));
  const looked = `${workflowsOf(repository).length} workflows, ${formsOf(repository).length} issue forms`;
  console.log(faults.length === 0 ? `${looked}: no fault` : `${looked}: ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
