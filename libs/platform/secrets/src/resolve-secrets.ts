import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.source';
import { SecretError, type SecretSource, type Trouble } from './secret-source';
import { sensitiveValues } from './sensitive';

/** Folder with one file for each setting, named like it; used for settings that the environment does not hold. */
export const SECRETS_FOLDER_KEY = 'ORION_SECRETS_DIR';

export interface Resolution {
  /** Settings by name; empty ones and those in trouble are left out. */
  values: Record<string, string>;
  /** What of them must never be seen. */
  sensitive: string[];
  troubles: Trouble[];
  /** Settings that have a value which could not be had; the trouble may lie with another one. */
  unread: string[];
}

/** Where the value of a setting stands: here, behind a reference, or nowhere. */
type Place = { value: string } | { reference: string } | { trouble: string } | undefined;

function placeOf(key: string, env: Environment): Place {
  const value = env[key]?.trim();
  const file = env[`${key}_FILE`]?.trim();
  if (value && file) return { trouble: `is given twice: unset ${key} or ${key}_FILE` };
  if (value) return { value };
  if (file) return { reference: `file:${file}` };
  const folder = env[SECRETS_FOLDER_KEY]?.trim();
  const path = folder && join(folder, key);
  return path && existsSync(path) ? { reference: `file:${path}` } : undefined;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function splitReference(text: string, sources: readonly SecretSource[]) {
  const [, scheme, reference = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const source = sources.find((it) => it.scheme === scheme);
  return source && { source, reference };
}

function troubleOf(key: string, error: unknown): Trouble {
  // Anything else is no sentence of ours, and may hold what nobody should see.
  if (!(error instanceof SecretError)) return { key, reason: 'could not be read' };
  return { key: error.setting ?? key, reason: error.message };
}

/**
 * The settings named by `keys`, each from where the environment says it is: in `KEY` itself, behind the reference in
 * `KEY`, in the file named by `KEY_FILE`, or in a file of the folder named by ORION_SECRETS_DIR. All troubles are told
 * at once. The sources are closed.
 */
export async function resolveSecrets(
  keys: readonly string[],
  env: Environment,
  sources: readonly SecretSource[],
): Promise<Resolution> {
  const values: Record<string, string> = {};
  const fetched = new Set<string>();
  const unread: string[] = [];
  const troubles = new Map<string, Trouble>();
  const add = (trouble: Trouble): void => void troubles.set(trouble.key, trouble);
  const settle = async (key: string): Promise<void> => {
    const place = placeOf(key, env);
    if (!place) return;
    if ('trouble' in place) {
      unread.push(key);
      return add({ key, reason: place.trouble });
    }
    const text = 'value' in place ? place.value : place.reference;
    const there = splitReference(text, sources);
    if (!there) return void (values[key] = text);
    try {
      values[key] = await there.source.read(there.reference);
      fetched.add(key);
    } catch (error) {
      unread.push(key);
      add(troubleOf(key, error));
    }
  };
  const folder = env[SECRETS_FOLDER_KEY]?.trim();
  if (folder && !isFolder(folder))
    add({ key: SECRETS_FOLDER_KEY, reason: `leads to ${folder}, which is no folder` });
  try {
    await Promise.all(keys.map(settle));
  } finally {
    await Promise.all(sources.map((it) => it.close()));
  }
  const inOrder = [...troubles.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { values, sensitive: sensitiveValues(values, fetched), troubles: inOrder, unread };
}
