import { resolve } from 'node:path';
import { z } from 'zod';
import { syncLabels } from './src/label-sync';
import { labelsOf } from './src/labels';
import { readRepository } from './src/read-repository';

const Environment = z.object({
  GITHUB_TOKEN: z.string('set GITHUB_TOKEN to a token that may write issues'),
  GITHUB_REPOSITORY: z.string('set GITHUB_REPOSITORY to owner/name'),
  GITHUB_API_URL: z.string().default('https://api.github.com'),
});

async function main(): Promise<void> {
  const { data, error } = Environment.safeParse(process.env);
  if (!data) throw new Error(error.issues.map(({ message }) => message).join('; '));
  const wanted = labelsOf(readRepository(resolve(__dirname, '../..')));
  const forge = { api: data.GITHUB_API_URL, repository: data.GITHUB_REPOSITORY, token: data.GITHUB_TOKEN };
  const done = await syncLabels(forge, wanted);
  for (const line of done) console.log(line);
  console.log(`${wanted.length} labels, ${done.length} changes`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
