import { API_PREFIX, login, readAccount } from '@orion/contracts';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Ground } from '../../bench';
import type { Order, Yield } from '../shared/load.mts';
import { LOAD, type Program } from '../shared/processes';
import { getText, postText } from '../shared/requests';
import { type Person, registered, signedIn } from './people';
import { APPS, type Platform } from './platform';
import type { Task, Verified } from './raw-argon2.mts';

/** Those who sign in, in turns, and those who only read. */
const PEOPLE = 128;
const READERS = 8;
/** Sign-ins under way: enough that one always waits for a processor, far fewer than auth lets wait. */
const SIGN_INS = 16;
const READ_EVERY_MS = 320;
const ROUND_MS = 8_000;
const WARM_UP_MS = 12_000;
/** As auth takes it where nobody says otherwise. */
const CONCURRENCY = Math.min(4, availableParallelism());

export interface Figures {
  /** Argon2id verifies per second with nothing around them. */
  raw: number;
  /** Sign-ins per second. */
  signIns: number;
  /** p95 of reads in milliseconds, with the platform at rest and while it signs in as many as it can. */
  idle: number;
  loaded: number;
  /** Milliseconds of processor time of each service for one sign-in, argon2's included. */
  cpu: string;
}

/** What one round is made of. */
export class Stages {
  private constructor(
    private readonly platform: Platform,
    private readonly programs: { signIns: Program; reads: Program; raw: Program },
    private readonly task: Task,
    private readonly texts: { signIns: string[]; reads: string[] },
  ) {}

  static async prepare(platform: Platform, ground: Ground): Promise<Stages> {
    const { processes, services, databases } = platform;
    const { port } = services.gateway;
    const people = await registered(port, PEOPLE + READERS);
    const tokens = await Promise.all(people.slice(PEOPLE).map((it) => signedIn(port, it)));
    const [first] = people as [Person];
    const url = new URL(ground.ORION_POSTGRES_URL);
    url.pathname = databases.auth.database;
    const stored = await passwordHash(url.href, first.email);
    const stages = new Stages(
      platform,
      {
        signIns: await processes.start(LOAD),
        reads: await processes.start(LOAD),
        raw: await processes.start(join(__dirname, 'raw-argon2.mts')),
      },
      { stored, password: first.password, concurrency: CONCURRENCY, milliseconds: ROUND_MS },
      {
        signIns: people.slice(0, PEOPLE).map((it) => postText(API_PREFIX + login.path, it)),
        reads: tokens.map((it) => getText(API_PREFIX + readAccount.path, it)),
      },
    );
    await Promise.all([stages.send('signIns', WARM_UP_MS), stages.send('reads', WARM_UP_MS)]);
    return stages;
  }

  /** @param turn which of limit and ours goes first, so that neither profits from what changes over time */
  async round(turn: number): Promise<Figures> {
    const rates = { raw: 0, signIns: 0 };
    let cpu = '';
    const works = [
      async () => void (rates.raw = (await this.programs.raw.ask<Verified>(this.task)).rate),
      async () => void ({ rate: rates.signIns, cpu } = await this.signIns()),
    ];
    for (const work of turn % 2 === 0 ? works : works.toReversed()) await work();
    const idle = await this.send('reads', ROUND_MS);
    const [, loaded] = await Promise.all([this.send('signIns', ROUND_MS), this.send('reads', ROUND_MS)]);
    return { ...rates, cpu, idle: idle.p95, loaded: loaded.p95 };
  }

  private async signIns(): Promise<{ rate: number; cpu: string }> {
    const { services } = this.platform;
    const used = () => Promise.all(APPS.map((app) => services[app].cpuSeconds()));
    const before = await used();
    const { requests, seconds } = await this.send('signIns', ROUND_MS);
    const after = await used();
    const each = APPS.map((app, n) => {
      const it = (((after[n] ?? 0) - (before[n] ?? 0)) * 1000) / requests;
      return `${app} ${it.toFixed(1)} ms`;
    });
    return { rate: requests / seconds, cpu: each.join(', ') };
  }

  private async send(what: 'signIns' | 'reads', milliseconds: number): Promise<Yield> {
    const order: Order = {
      port: this.platform.services.gateway.port,
      requests: this.texts[what],
      milliseconds,
      ...(what === 'reads' ? { connections: READERS, everyMs: READ_EVERY_MS } : { connections: SIGN_INS }),
    };
    const it = await this.programs[what].ask<Yield>(order);
    if (it.failures > 0) throw new Error(`${it.failures} of ${it.requests} ${what} were refused`);
    return it;
  }
}

async function passwordHash(databaseUrl: string, email: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const text = 'SELECT password_hash AS stored FROM credential WHERE email = $1';
    const { rows } = await client.query<{ stored: string }>(text, [email]);
    return rows[0]?.stored ?? '';
  } finally {
    await client.end();
  }
}
