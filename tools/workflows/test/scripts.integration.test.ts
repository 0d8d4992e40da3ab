import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let folder: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@orion.test', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

function commit(text: string, file = 'a.txt'): string {
  writeFileSync(join(folder, file), text);
  git('add', '.');
  git('commit', '-q', '-m', text);
  return git('rev-parse', 'HEAD');
}

function script(name: string, args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; output: string }>((done) => {
    const program = resolve(__dirname, '../scripts', name);
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => done({ code, output }));
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-scripts-'));
  git('init', '-q', '-b', 'main');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what a push is compared with', () => {
  let first: string;
  let third: string;

  beforeAll(() => {
    first = commit('one');
    commit('two');
    third = commit('three');
    git('update-ref', 'refs/remotes/origin/main', third);
  });

  const compared = async (env: Record<string, string>) => (await script('compared-with.mjs', [], env)).output;

  it('on main is what stood there before', async () => {
    expect(await compared({ GITHUB_REF_NAME: 'main', BEFORE: first })).toBe(first);
  });

  it.each(['', '0'.repeat(40), 'f'.repeat(40)])(
    'on main is the commit before where nothing stood: "%s"',
    async (none) => {
      expect(await compared({ GITHUB_REF_NAME: 'main', BEFORE: none })).toBe(git('rev-parse', 'HEAD~1'));
    },
  );

  it('on a branch is where it left main', async () => {
    git('checkout', '-q', '-b', 'branch');
    commit('four', 'b.txt');
    expect(await compared({ GITHUB_REF_NAME: 'branch', BEFORE: first })).toBe(third);
  });
});

describe('merging', () => {
  it('names the files that conflict, and only then fails', async () => {
    git('checkout', '-q', '-B', 'change', 'main');
    commit('mine');
    git('checkout', '-q', 'main');
    commit('other file', 'c.txt');
    expect(await script('merges-cleanly.mjs', ['main', 'change'])).toMatchObject({ code: 0 });
    commit('theirs');
    const { code, output } = await script('merges-cleanly.mjs', ['main', 'change']);
    expect(code).toBe(1);
    expect(output).toContain('  a.txt\n');
    expect(output).not.toContain('c.txt');
    expect(await script('merges-cleanly.mjs', ['main', 'nowhere'])).toEqual({
      code: 2,
      output: 'nowhere is no commit.\n',
    });
  });
});

describe('Slack', () => {
  it('is told the text and the beginning of the file', async () => {
    const told: string[] = [];
    const server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => told.push(chunk.toString()));
      request.on('end', () => response.writeHead(told.length === 1 ? 200 : 500).end());
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const SLACK_WEBHOOK_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    writeFileSync(join(folder, 'affected.md'), '- scheduling\n');
    expect((await script('tell-slack.mjs', ['a "change"', 'affected.md'], { SLACK_WEBHOOK_URL })).code).toBe(
      0,
    );
    expect(JSON.parse(told[0] ?? '')).toEqual({ text: 'a "change"\n- scheduling\n' });
    expect(await script('tell-slack.mjs', ['again'], { SLACK_WEBHOOK_URL })).toMatchObject({ code: 1 });
    await new Promise((closed) => server.close(closed));
  });

  it('is optional', async () => {
    const { code, output } = await script('tell-slack.mjs', ['a change']);
    expect([code, output]).toEqual([0, 'SLACK_WEBHOOK_URL is not set: nobody is told.\n']);
  });
});
