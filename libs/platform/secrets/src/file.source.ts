import { readFile, stat } from 'node:fs/promises';
import { type SecretSource, SecretError } from './secret-source';

/** No setting is longer; a path that was mistyped may lead to something that is. */
const LARGEST_BYTES = 64 * 1024;

const WORDS: Record<string, string> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read by this process',
  EPERM: 'may not be read by this process',
};

/** `file:/run/secrets/name`: a file that holds one value, as Docker and Kubernetes mount them. */
export class FileSource implements SecretSource {
  readonly scheme = 'file';

  async read(path: string): Promise<string> {
    const value = (await content(path)).trim();
    if (!value) throw new SecretError(`refers to ${path}, which is empty`);
    return value;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function content(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new SecretError(`refers to ${path}, which is no file`);
    if (found.size > LARGEST_BYTES) throw new SecretError(`refers to ${path}, which is larger than 64 KB`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof SecretError) throw error;
    const { code = 'unknown' } = error as { code?: string };
    throw new SecretError(`refers to ${path}, which ${WORDS[code] ?? `cannot be read (${code})`}`);
  }
}
