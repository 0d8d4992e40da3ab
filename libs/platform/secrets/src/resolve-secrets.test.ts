import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EnvironmentSource, FileSource, resolveSecrets, SecretError, type SecretSource } from './index';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-secrets-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const resolve = (keys: string[], env: Record<string, string>) =>
  resolveSecrets(keys, env, [new EnvironmentSource(env), new FileSource()]);

describe('where a value may stand', () => {
  it('is the variable itself, whose spaces do not count', async () => {
    expect(await resolve(['A', 'B', 'C'], { A: ' a ', B: '  ', D: 'd' })).toEqual({
      values: { A: 'a' },
      sensitive: [],
      troubles: [],
      unread: [],
    });
  });

  it('is another variable, a file named in place of the value, and a file named beside it', async () => {
    const env = {
      A: 'env:PGURL',
      PGURL: 'postgresql://db/a',
      B: `file:${file('b', 'b\n')}`,
      C_FILE: file('c', 'line 1\nline 2\n'),
    };
    const { values } = await resolve(['A', 'B', 'C'], env);
    expect(values).toEqual({ A: 'postgresql://db/a', B: 'b', C: 'line 1\nline 2' });
  });

  it('is a folder as Kubernetes mounts it, for what the environment does not hold', async () => {
    mkdirSync(join(folder, '..data'));
    writeFileSync(join(folder, '..data', 'A'), 'from the folder');
    symlinkSync(join('..data', 'A'), join(folder, 'A'));
    file('B', 'from the folder');
    const { values } = await resolve(['A', 'B', 'C'], { ORION_SECRETS_DIR: folder, B: 'given' });
    expect(values).toEqual({ A: 'from the folder', B: 'given' });
  });

  it('is not guessed from words that only look like a reference', async () => {
    const env = { A: 'amqp://broker', B: 'Orion <a@b.example>', C: 'unknown:thing' };
    expect((await resolve(['A', 'B', 'C'], env)).values).toEqual(env);
  });
});

describe('what cannot be had', () => {
  it('is told all at once', async () => {
    const env = {
      A: 'a',
      A_FILE: '/run/secrets/a',
      B_FILE: join(folder, 'none'),
      C: `file:${folder}`,
      D: `file:${file('empty', ' \n')}`,
      E: 'env:NONE',
      F: `file:${file('large', 'x'.repeat(70_000))}`,
      G: `file:${join(folder, 'empty', 'below')}`,
      ORION_SECRETS_DIR: join(folder, 'nowhere'),
    };
    const { values, troubles } = await resolve(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'], env);
    expect(values).toEqual({});
    expect(Object.fromEntries(troubles.map(({ key, reason }) => [key, reason]))).toEqual({
      ORION_SECRETS_DIR: `leads to ${env.ORION_SECRETS_DIR}, which is no folder`,
      A: 'is given twice: unset A or A_FILE',
      B: `refers to ${env.B_FILE}, which is not there`,
      C: `refers to ${folder}, which is no file`,
      D: `refers to ${join(folder, 'empty')}, which is empty`,
      E: 'refers to NONE, which is not set',
      F: `refers to ${join(folder, 'large')}, which is larger than 64 KB`,
      G: `refers to ${join(folder, 'empty', 'below')}, which is not there`,
    });
  });

  it('is a file that others own', async () => {
    const path = file('locked', 'swordfish');
    chmodSync(path, 0o000);
    const { values, troubles } = await resolve(['A'], { A_FILE: path });
    // Root may read every file.
    if (process.getuid?.() === 0) expect(values).toEqual({ A: 'swordfish' });
    else expect(troubles).toEqual([{ key: 'A', reason: expect.stringContaining('may not be read') }]);
  });
});

describe('a source', () => {
  const source = (error: Error): SecretSource & { closed: boolean } => ({
    scheme: 'box',
    closed: false,
    read: () => Promise.reject(error),
    close() {
      this.closed = true;
      return Promise.resolve();
    },
  });

  it('is closed when everything is read', async () => {
    const box = source(new SecretError('is locked'));
    const { troubles } = await resolveSecrets(['A'], { A: 'box:a' }, [box]);
    expect(troubles).toEqual([{ key: 'A', reason: 'is locked' }]);
    expect(box.closed).toBe(true);
  });

  it('whose error is no sentence of ours is not quoted', async () => {
    const { troubles } = await resolveSecrets(['A'], { A: 'box:a' }, [source(new Error('swordfish'))]);
    expect(troubles).toEqual([{ key: 'A', reason: 'could not be read' }]);
  });
});
