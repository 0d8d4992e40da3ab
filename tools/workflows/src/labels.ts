import { isApp } from '@orion/workspace';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Fault } from './fault';
import { type Repository, textOf } from './repository';

export const LABELS_FILE = '.github/labels.yml';

export const Label = z.strictObject({
  name: z.string().min(1).max(50),
  color: z.string().regex(/^[0-9a-f]{6}$/, 'must be six small hexadecimal digits'),
  description: z.string().min(1).max(100),
});
export type Label = z.infer<typeof Label>;

const Labels = z
  .array(Label)
  .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, {
    message: 'a label is named twice',
  });

/** Each app has a label of its own, without being listed anywhere. */
const appLabel = (name: string): Label => ({
  name: `app: ${name}`,
  color: 'c5def5',
  description: `Concerns apps/${name}`,
});

/** Every label of the repository; throws where labels.yml is none. */
export const labelsOf = (repository: Repository): Label[] => [
  ...Labels.parse(parse(textOf(repository, LABELS_FILE))),
  ...repository.projects.filter(isApp).map(({ name }) => appLabel(name)),
];

export const labelNames = (repository: Repository): ReadonlySet<string> =>
  new Set(labelsOf(repository).map(({ name }) => name));

/** The shape of labels.yml. */
export function labelFaults(repository: Repository): Fault[] {
  const { error } = Labels.safeParse(parse(textOf(repository, LABELS_FILE)));
  return (error?.issues ?? []).map(({ path, message }) => ({
    file: LABELS_FILE,
    message: `${path.join('.')} ${message}`,
  }));
}
