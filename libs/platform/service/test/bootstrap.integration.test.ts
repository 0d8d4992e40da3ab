import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type INestApplication, Module } from '@nestjs/common';
import { baseConfig } from '@orion/config';
import { createPino } from '@orion/logger';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runService } from '../src';
import { stopOrderly } from '../src/bootstrap/shutdown';
import { NotesController } from './support/notes.controller';
import { startNotes } from './support/notes.service';

const SLOW = '/api/v1/notes/0198a3b0-0000-7000-8000-000000000002';

let exited: number[];
let said: string;

beforeEach(() => {
  exited = [];
  said = '';
  jest.spyOn(process, 'exit').mockImplementation((code) => {
    exited.push(Number(code));
    return undefined as never;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const name of ['SIGTERM', 'SIGINT', 'uncaughtException', 'unhandledRejection'])
    process.removeAllListeners(name);
});

/** The first exit, once there were so many of them: a process that exits for real gets no further. */
const untilExit = async (times = 1) => {
  for (let i = 0; i < 200 && exited.length < times; i += 1) await sleep(20);
  return exited[0];
};

/** A request that has arrived and is not answered yet. */
async function beginSlowRead(url: string): Promise<{ answer: Promise<Response> }> {
  const before = NotesController.slowReads;
  const answer = fetch(url + SLOW);
  while (NotesController.slowReads === before) await sleep(1);
  return { answer };
}

describe('stopping', () => {
  it('finishes what has begun, takes nothing new and exits with 0', async () => {
    const notes = await startNotes();
    stopOrderly(notes.app, 5_000);
    const begun = await beginSlowRead(notes.url);
    process.emit('SIGTERM');
    process.emit('SIGTERM');
    expect((await begun.answer).status).toBe(404);
    expect(await untilExit()).toBe(0);
    await expect(fetch(notes.url + SLOW)).rejects.toThrow();
    expect(
      notes.lines.map((it) => it['event']).filter((it) => String(it).startsWith('service_stop')),
    ).toEqual(['service_stop_started', 'service_stop_completed']);
    expect(exited).toEqual([0]);
  });

  it('gives up after the grace with exit 1', async () => {
    const notes = await startNotes();
    stopOrderly(notes.app, 50);
    const begun = await beginSlowRead(notes.url);
    process.emit('SIGINT');
    expect(await untilExit()).toBe(1);
    await begun.answer;
    expect(await untilExit(2)).toBe(1);
  });

  it('logs an error nobody caught and ends, and logs a rejection nobody handled and goes on', async () => {
    const notes = await startNotes();
    stopOrderly(notes.app, 5_000);
    process.emit('unhandledRejection', new Error('forgotten'), Promise.resolve());
    expect(exited).toEqual([]);
    process.emit('uncaughtException', new Error('broken'));
    expect(await untilExit()).toBe(1);
    expect(notes.lines.map((it) => it['event'])).toEqual(
      expect.arrayContaining(['process_rejection_unhandled', 'process_exception_uncaught']),
    );
  });
});

describe('runService', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  const environment = {
    PORT: '0',
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    WORKER_DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    RABBITMQ_URL: 'amqp://127.0.0.1:9',
    REDIS_URL: 'redis://127.0.0.1:9',
    AUTH_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'silent',
  };

  @Module({})
  class EmptyModule {}

  it('names all missing keys in plain text and exits with 1', async () => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    process.env = {};
    await expect(runService({ name: 'empty', module: EmptyModule, config: baseConfig })).rejects.toThrow(
      'exit 1',
    );
    for (const key of ['PORT', 'DATABASE_URL', 'AUTH_URL']) expect(said).toContain(`${key} is missing`);
  });

  it('listens, and stops on SIGTERM', async () => {
    Object.assign(process.env, environment);
    let app: INestApplication | undefined;
    const beforeListen = (it: INestApplication) => void (app = it);
    await runService({ name: 'empty', module: EmptyModule, config: baseConfig, beforeListen });
    const url = await app?.getUrl();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    process.emit('SIGTERM');
    expect(await untilExit()).toBe(0);
  });

  it('takes values from files, and keeps them out of every log from then on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orion-service-'));
    writeFileSync(join(folder, 'REDIS_URL'), 'redis://:swordfish@127.0.0.1:9\n');
    Object.assign(process.env, environment, { ORION_SECRETS_DIR: folder });
    Reflect.deleteProperty(process.env, 'REDIS_URL');
    let given = '';
    const module = ({ REDIS_URL }: { REDIS_URL: string }) => {
      given = REDIS_URL;
      return EmptyModule;
    };
    await runService({ name: 'empty', module: (config) => module(config), config: baseConfig });
    expect(given).toBe('redis://:swordfish@127.0.0.1:9');
    let logged = '';
    const destination = { write: (line: string) => void (logged += line) };
    createPino('empty', { destination }).error(`cannot connect to ${given} as swordfish`);
    expect(logged).toContain('cannot connect to redis://:[redacted]@127.0.0.1:9 as [redacted]');
    process.emit('SIGTERM');
    expect(await untilExit()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('names a file that is not there and exits with 1', async () => {
    jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    Object.assign(process.env, environment, { DATABASE_URL: 'file:/run/secrets/none' });
    await expect(runService({ name: 'empty', module: EmptyModule, config: baseConfig })).rejects.toThrow(
      'exit 1',
    );
    expect(said).toContain('DATABASE_URL refers to /run/secrets/none, which is not there');
  });

  it('says why it cannot start, and exits with 1', async () => {
    Object.assign(process.env, environment, { LOG_LEVEL: 'info' });
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const module = () => {
      throw new Error('cannot be made');
    };
    await runService({ name: 'empty', module, config: baseConfig });
    expect(await untilExit()).toBe(1);
    write.mockRestore();
  });
});
