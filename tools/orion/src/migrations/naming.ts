/** Name of a migration's folder: its time to the second in UTC, then the given words in snake case. */
export function folderName(now: Date, name: string): string {
  const time = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  if (words === '') throw new RangeError('the name has no letters or digits');
  return `${time}_${words}`;
}

/** Whether a script does anything: an empty diff is a comment only. */
export const hasStatements = (script: string): boolean =>
  script.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('--'));

export interface NewMigration {
  name: string;
  service?: string;
}

/** Reads `new NAME [--service S]`; undefined for anything else. */
export function parseNew(args: readonly string[]): NewMigration | undefined {
  const [verb, ...rest] = args;
  if (verb !== 'new') return undefined;
  const at = rest.indexOf('--service');
  const service = at < 0 ? undefined : rest[at + 1];
  const words = at < 0 ? rest : rest.filter((_, index) => index !== at && index !== at + 1);
  const name = words.join(' ');
  return name === '' || (at >= 0 && !service) ? undefined : { name, service };
}
