import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '@orion/database';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { endLeftovers } from '../src/commands/leftovers.step';
import { startInfrastructure } from '../src/infrastructure/infrastructure.step';
import { removePostgresData } from '../src/infrastructure/postgres.instance';
import { postgresAnswers, rabbitmqAnswers, redisAnswers } from '../src/infrastructure/readiness.probe';
import { isRoot } from '../src/infrastructure/users.probe';
import { signal, startOf } from '../src/processes/identity.probe';
import { Supervisor } from '../src/processes/supervisor.process';
import type { Ports } from '../src/state/ports';
import { isFree } from '../src/state/ports.probe';
import { StateFolder } from '../src/state/state.folder';
import { QuietProgress } from './quiet.progress';

const LONG = 120_000;
let state: StateFolder;
let supervisor: Supervisor;

beforeEach(() => {
  for (const name of ['POSTGRES', 'RABBITMQ', 'REDIS'])
    Reflect.deleteProperty(process.env, `ORION_${name}_URL`);
  state = new StateFolder(mkdtempSync(join(tmpdir(), 'orion-infrastructure-')));
  supervisor = new Supervisor(state, new QuietProgress());
});

afterEach(async () => {
  await supervisor.stopAll();
  await endLeftovers(state);
  removePostgresData(state);
  rmSync(state.path, { recursive: true, force: true });
});

const start = async () =>
  (await startInfrastructure(state, supervisor, new QuietProgress(), 'throwaway')).all;

async function until(condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await sleep(50);
  }
}

const inContainers = process.env['ORION_TEST_INFRASTRUCTURE'] === 'containers';

async function containersOf(id: string): Promise<string[]> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const filters = { label: [`orion.tests=${id}`] };
  return (await dockerode.listContainers({ all: true, filters })).map(({ Image }) => Image);
}

/** The suite runs on programs or on containers; the way that it stands on itself is the one that is tried here. */
describe('private infrastructure', inContainers ? ofContainers : ofPrograms);

function ofContainers(): void {
  it(
    'starts, and what a killed test run left behind is removed with its data, and nothing else',
    async () => {
      const other = new StateFolder(mkdtempSync(join(tmpdir(), 'orion-other-')));
      const bystander = await startInfrastructure(
        other,
        new Supervisor(other, new QuietProgress()),
        new QuietProgress(),
        'throwaway',
        ['redis'],
      );
      const { redisUrl, postgresUrl, rabbitmqUrl } = await start();
      try {
        expect(
          await Promise.all([
            postgresAnswers(postgresUrl),
            rabbitmqAnswers(rabbitmqUrl),
            redisAnswers(redisUrl),
          ]),
        ).toEqual([true, true, true]);
        expect(await containersOf(state.id)).toHaveLength(3);
        expect(await endLeftovers(state)).toHaveLength(3);
        expect(await containersOf(state.id)).toEqual([]);
        expect(await redisAnswers(redisUrl)).toBe(false);
        expect(await redisAnswers(await bystander.urls.redis)).toBe(true);
      } finally {
        await endLeftovers(other);
        other.removeAll();
      }
    },
    LONG,
  );

  it(
    'is given up at once when somebody asks for the end while it starts',
    async () => {
      const { all } = await startInfrastructure(state, supervisor, new QuietProgress(), 'throwaway');
      await supervisor.stopAll();
      await expect(all).rejects.toThrow('Orion was told to end.');
    },
    LONG,
  );
}

function ofPrograms(): void {
  it(
    'starts, survives the death of its programs, keeps its data and leaves nothing behind',
    async () => {
      chmodSync(state.path, 0o755);
      const first = await start();
      supervisor.settle();
      expect(
        await Promise.all([postgresAnswers(first.postgresUrl), rabbitmqAnswers(first.rabbitmqUrl)]),
      ).toEqual([true, true]);
      await withClient(first.postgresUrl, (client) =>
        client.query('CREATE TABLE kept AS SELECT 42 AS answer'),
      );

      const { postgres = 0, redis = 0 } = supervisor.pids();
      for (const pid of [postgres, redis]) signal(pid, 'SIGKILL');
      await until(() => redisAnswers(first.redisUrl), 3_000);
      await until(() => postgresAnswers(first.postgresUrl), 10_000);
      expect(supervisor.pids()['postgres']).not.toBe(postgres);

      const { supervisor: _own, ...pids } = supervisor.pids();
      await supervisor.stopAll();
      const ports = state.read<Ports>('ports.json');
      expect(await Promise.all(Object.values(ports ?? {}).map((port) => isFree(port)))).toEqual(
        Array(5).fill(true),
      );
      for (const pid of Object.values(pids)) expect(startOf(pid)).toBeUndefined();

      supervisor = new Supervisor(state, new QuietProgress());
      const second = await start();
      expect(second).toEqual(first);
      const { rows } = await withClient(second.postgresUrl, (client) =>
        client.query('SELECT answer FROM kept'),
      );
      expect(rows).toEqual([{ answer: 42 }]);
    },
    LONG,
  );

  it(
    'finds a place for PostgreSQL’s data when its user cannot enter the checkout, and reset finds it again',
    async () => {
      chmodSync(state.path, 0o700);
      const { postgresUrl } = await start();
      expect(await postgresAnswers(postgresUrl)).toBe(true);
      const { dataFolder = '' } = state.read<{ dataFolder: string }>('postgres.json') ?? {};
      expect(dataFolder.startsWith(state.path)).toBe(!isRoot());
      await supervisor.stopAll();
      removePostgresData(state);
      expect(existsSync(dataFolder)).toBe(false);
    },
    LONG,
  );
}

describe('given addresses', () => {
  it(
    'are used as they are, while the rest is private',
    async () => {
      const own = await start();
      process.env['ORION_REDIS_URL'] = own.redisUrl;
      const other = new StateFolder(mkdtempSync(join(tmpdir(), 'orion-other-')));
      const otherSupervisor = new Supervisor(other, new QuietProgress());
      const progress = new QuietProgress();
      const infrastructure = await startInfrastructure(other, otherSupervisor, progress, 'throwaway');
      try {
        const { redisUrl, postgresUrl } = await infrastructure.all;
        expect(redisUrl).toBe(own.redisUrl);
        expect(postgresUrl).not.toBe(own.postgresUrl);
        expect(progress.told.find((line) => line.includes('Redis'))).toMatch(/given, redis:\/\/127\.0\.0\.1/);
        const redis = new Redis(redisUrl);
        expect(await redis.ping()).toBe('PONG');
        redis.disconnect();
      } finally {
        await otherSupervisor.stopAll();
        await endLeftovers(other);
        removePostgresData(other);
        other.removeAll();
      }
    },
    LONG,
  );

  it(
    'that do not answer end in one sentence',
    async () => {
      process.env['ORION_REDIS_URL'] = 'redis://:secret@127.0.0.1:1';
      const { all, urls } = await startInfrastructure(state, supervisor, new QuietProgress(), 'throwaway');
      await expect(all).rejects.toThrow(
        /^Redis does not answer at redis:\/\/127\.0\.0\.1:1.*: correct ORION_REDIS_URL/,
      );
      await Promise.allSettled(Object.values(urls));
    },
    LONG,
  );
});
