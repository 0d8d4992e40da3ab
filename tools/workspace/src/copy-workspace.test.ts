import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyWorkspace } from './copy-workspace';

describe('a copy of a checkout', () => {
  let folder: string;
  let from: string;
  let to: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orion-copy-'));
    [from, to] = [join(folder, 'from'), join(folder, 'to')];
    mkdirSync(from);
    execFileSync('git', ['init', '-q'], { cwd: from });
    write('.gitignore', 'node_modules\ndist\n');
    write('apps/one/main.ts', 'committed');
    write('node_modules/thing/index.js', 'installed');
    execFileSync('git', ['add', '.'], { cwd: from });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what git would see, as it is now, and the packages by a link', () => {
    write('apps/one/main.ts', 'changed');
    write('apps/two/new.ts', 'not added yet');
    write('dist/main.cjs', 'built');
    copyWorkspace(from, to);
    expect(readFileSync(join(to, 'apps/one/main.ts'), 'utf8')).toBe('changed');
    expect(readFileSync(join(to, 'apps/two/new.ts'), 'utf8')).toBe('not added yet');
    expect(existsSync(join(to, 'dist'))).toBe(false);
    expect(readFileSync(join(to, 'node_modules/thing/index.js'), 'utf8')).toBe('installed');
    expect(lstatSync(join(to, 'node_modules')).isSymbolicLink()).toBe(true);
  });

  it('leaves out what was deleted and not committed', () => {
    write('apps/one/gone.ts', 'added');
    execFileSync('git', ['add', '.'], { cwd: from });
    rmSync(join(from, 'apps/one/gone.ts'));
    copyWorkspace(from, to);
    expect(existsSync(join(to, 'apps/one/main.ts'))).toBe(true);
    expect(existsSync(join(to, 'apps/one/gone.ts'))).toBe(false);
  });
});
