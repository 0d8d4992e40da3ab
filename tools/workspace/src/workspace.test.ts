import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isApp, readProjects } from './projects';
import { trackedFiles } from './tracked-files';

let root: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'orion-workspace-')));
  symlinkSync(resolve(__dirname, '../../../node_modules'), join(root, 'node_modules'));
  write('nx.json', '{"neverConnectToCloud": true, "analytics": false}');
  write('package.json', '{"name": "small"}');
  write(
    'apps/parcels/project.json',
    '{"name": "parcels", "tags": ["type:service"], "targets": {"lint": {"command": "true"}}}',
  );
  write('libs/words/project.json', '{"name": "words"}');
  write('.gitignore', 'node_modules\n.nx\n');
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '.'], { cwd: root });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

it('finds every project, a new one without being told', () => {
  expect(readProjects(root)).toEqual([
    { name: 'parcels', root: 'apps/parcels', tags: ['type:service'], targets: ['lint'] },
    { name: 'words', root: 'libs/words', tags: [], targets: [] },
  ]);
  write('apps/later/project.json', '{"name": "later"}');
  expect(
    readProjects(root)
      .filter(isApp)
      .map(({ name }) => name),
  ).toEqual(['later', 'parcels']);
});

it('names files that are committed or new, not those that are ignored or gone', () => {
  write('libs/words/new file.md', '');
  unlinkSync(join(root, 'libs/words/project.json'));
  const files = trackedFiles(root);
  expect(files).toContain('libs/words/new file.md');
  expect(files).toContain('apps/parcels/project.json');
  expect(files).not.toContain('libs/words/project.json');
  expect(files.some((path) => path.startsWith('node_modules'))).toBe(false);
});
