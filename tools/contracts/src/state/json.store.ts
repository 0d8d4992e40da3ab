import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** JSON as it lies in the repository: formatted like everything else, so that a change shows as one line. */
export async function jsonText(value: unknown): Promise<string> {
  const { format } = await import('prettier');
  return format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
}

export const readText = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

export const readJson = <T>(file: string): T | undefined => {
  const text = readText(file);
  return text === undefined ? undefined : (JSON.parse(text) as T);
};

export function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
