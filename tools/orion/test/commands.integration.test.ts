import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { announce } from '../src/commands/announcement.console';
import { dev } from '../src/commands/dev.command';
import { migrate } from '../src/commands/migrate.command';
import { start } from '../src/commands/start.command';
import { status } from '../src/commands/status.command';
import { reset, stop } from '../src/commands/stop.command';
import { tool } from '../src/commands/tool.command';
import { readPlatform } from '../src/platform/platform-file.store';
import { refuseTakenPorts } from '../src/platform/preflight.probe';
import { platformPorts, PORTS_NEEDED } from '../src/platform/services';
import { freeRange } from '../src/state/ports.probe';
import { StateFolder } from '../src/state/state.folder';
import { QuietProgress } from './quiet.progress';

let progress: QuietProgress;
let state: StateFolder;

beforeEach(() => {
  progress = new QuietProgress();
  state = new StateFolder(mkdtempSync(join(tmpdir(), 'orion-commands-')));
  process.env['ORION_STATE'] = state.path;
  Reflect.deleteProperty(process.env, 'ORION_PORT');
});

afterEach(() => rmSync(state.path, { recursive: true, force: true }));

async function whileTaken<T>(work: (port: number) => Promise<T>): Promise<T> {
  const first = await freeRange(14_000, PORTS_NEEDED);
  const server = createServer();
  await new Promise<void>((listening) => server.listen(first + 2, '127.0.0.1', listening));
  try {
    return await work(first);
  } finally {
    server.close();
  }
}

describe('without a running platform', () => {
  it('status says so and ends with 3', async () => {
    expect(await status([], progress)).toBe(3);
    expect(progress.told).toEqual(['Orion is not running (npm start starts it).']);
  });

  it('stop has nothing to do', async () => {
    expect(await stop([], progress)).toBe(0);
    expect(progress.told).toEqual(['Orion is not running.']);
  });

  it('reset deletes the state folder', async () => {
    state.write('secrets.json', {});
    expect(await reset([], progress)).toBe(0);
    expect(state.has('secrets.json')).toBe(false);
  });

  it.each(['day', 'nothing-like-that'])('the tool %s is refused in one sentence', async (name) => {
    await expect(tool(name)([])).rejects.toThrow(
      /^(Orion is not running: start it|tools\/nothing-like-that is not part)/,
    );
  });
});

describe('start', () => {
  it('names the taken port and the way out', async () => {
    await whileTaken(async (first) => {
      process.env['ORION_PORT'] = String(first);
      await expect(start([], progress)).rejects.toThrow(
        `Port ${first + 2} is taken: end what listens there, or choose other ports with ORION_PORT=${first + 100} npm start.`,
      );
    });
    expect(readPlatform(state)).toBeUndefined();
  });

  it('refuses an ORION_PORT that is none', async () => {
    process.env['ORION_PORT'] = 'front-door';
    await expect(start([], progress)).rejects.toThrow(/^ORION_PORT is no port/);
  });

  it('takes free ports as they are', async () => {
    await expect(
      refuseTakenPorts(platformPorts(await freeRange(15_000, PORTS_NEEDED))),
    ).resolves.toBeUndefined();
  });
});

describe('words', () => {
  it('dev asks for an app that exists', () => {
    expect(() => dev(['nobody'], progress)).toThrow(/Name one app to watch.*scheduling.* and admin-ui/);
  });

  it('migrate explains itself', () => {
    expect(() => migrate(['sideways'], progress)).toThrow(/migrate -- new NAME/);
    expect(() => migrate(['new', 'x', '--service', 'nobody'], progress)).toThrow(/no service nobody/);
  });

  it('the announcement carries address, mails and demo logins', () => {
    state.write('demo-logins.json', [{ role: 'admin', email: 'a@b.example', password: 'pw' }]);
    const platform = { url: 'http://localhost:1', mailUrl: 'http://localhost:7' } as NonNullable<
      ReturnType<typeof readPlatform>
    >;
    announce(state, platform, progress, 61_000);
    const text = progress.told.join('\n');
    expect(text).toContain('ready after 1 min 01 s');
    expect(text).toContain('http://localhost:7');
    expect(text).toContain('a@b.example  pw  (admin)');
  });
});
