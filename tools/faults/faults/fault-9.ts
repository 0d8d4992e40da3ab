import { persistentClient, type Platform, queryRows } from '@orion/access';
import { ApiProblem } from '@orion/client';
import { register } from '@orion/contracts';
import { randomBytes } from 'node:crypto';
import { type Alarm, leftBehind, underAlarm } from './alarm';
import { Broker } from './broker';
import type { Fault } from './fault';
import { type Ground, inWords, isWhole, onGround } from './ground';
import { eventAudit, newOrganization, type Organization } from './organization';
import { singleWrites, type Writes } from './single-writes';

const FLOW = { lanes: 1, everyMs: 200 };
/** Events a handler can take in a second at most: four at a time, this slowly. */
const SLOW_MS = 400;
const TAKEN_PER_SECOND = 4 / (SLOW_MS / 1_000);
const DISK_SECONDS = 10;

interface Lasted {
  writes: Writes;
  /** What consumers did meanwhile, and what waited in the outbox at the end. */
  effects: number;
  waiting: number;
  /** Connections to publish on whose relay has another by now. */
  left: number;
  /** What somebody heard who wanted an account. */
  signUp: string;
}

const waitingOf = async (platform: Platform, service: string): Promise<number> => {
  const text = 'SELECT count(*)::int AS n FROM platform.outbox WHERE published_at IS NULL';
  const [row] = await queryRows(platform.postgres.auditUrls[service] ?? '', text);
  return Number(row?.['n']);
};

/** One alarm, with writes through the API, a backlog to consume and a producer at work. */
async function lasted(
  { platform, ground, organization }: { platform: Platform; ground: Ground; organization: Organization },
  alarm: Alarm,
  seconds: number,
): Promise<Lasted> {
  const broker = Broker.of(platform);
  return underAlarm(broker, alarm, async () => {
    const first = await ground.count();
    const asked = signUp(platform);
    const writes = await singleWrites(platform.url, organization, seconds * 1_000);
    const last = await ground.count();
    const waiting = last.waiting + (await waitingOf(platform, 'scheduling'));
    const left = await leftBehind(broker);
    return { writes, effects: last.effects - first.effects, waiting, left, signUp: await asked };
  });
}

function judged(alarm: Alarm, seconds: number, lasted: Lasted): string {
  const { writes, effects, waiting, left, signUp } = lasted;
  if (writes.answered === 0) throw new Error(`${alarm} alarm: nothing was written`);
  if (effects === 0) throw new Error(`${alarm} alarm: the consumers stood still`);
  if (waiting === 0) throw new Error(`${alarm} alarm: nothing waited in an outbox, so nobody was held back`);
  if (left > 0) throw new Error(`${alarm} alarm: ${left} relays left their connection behind`);
  return `${alarm} alarm of ${seconds} s: ${effects} events consumed, ${writes.answered} writes answered, the slowest after ${writes.slowestMs} ms, ${waiting} events waited, sign-up: ${signUp}`;
}

/** Accounts are made by a question over the broker: it is refused in order, not left hanging. */
async function signUp(platform: Platform): Promise<string> {
  const body = {
    email: `alarm-${randomBytes(6).toString('hex')}@faults.example.com`,
    password: randomBytes(18).toString('hex'),
    name: 'Alarm',
    organizationName: 'Alarm',
    termsAccepted: true as const,
  };
  const began = performance.now();
  const answer = await persistentClient(platform.url, null, 0)
    .call(register, { body })
    .then(
      () => 'done',
      (error: unknown) => (error instanceof ApiProblem ? error.problem.code : String(error)),
    );
  return `${answer} after ${Math.round(performance.now() - began)} ms`;
}

/** The broker is short of memory, then of disk: it takes nothing from connections that publish. */
export const fault9: Fault = async (platform, { alarmSeconds }) => {
  const organization = await newOrganization(platform, 'alarm');
  const { lines, count } = await onGround(platform, async (ground) => {
    const backlog = Math.ceil((alarmSeconds + DISK_SECONDS + 20) * TAKEN_PER_SECOND);
    await ground.stop(await ground.start({ service: 'consumer' }));
    const producer = await ground.start({ service: 'producer', produce: backlog, flow: FLOW });
    await ground.settle((it) => it.waiting === 0, 60_000);
    const consumer = await ground.start({ service: 'consumer', slowMs: SLOW_MS });
    const at = { platform, ground, organization };
    const memory = await lasted(at, 'memory', alarmSeconds);
    await ground.settle((it) => it.waiting < 20, 60_000);
    const disk = await lasted(at, 'disk', DISK_SECONDS);
    await ground.stop(consumer);
    const quick = await ground.start({ service: 'consumer' });
    await ground.stop(producer);
    const relay = await ground.start({ service: 'producer' });
    const whole = await ground.settle(isWhole, 60_000);
    await Promise.all([ground.stop(relay), ground.stop(quick)]);
    return {
      lines: [judged('memory', alarmSeconds, memory), judged('disk', DISK_SECONDS, disk)],
      count: whole,
    };
  });
  if (!isWhole(count) || count.deadLetters > 0) throw new Error(inWords(count));
  const { faults, events } = await eventAudit(platform, organization.id, 120_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  return `${lines.join('; ')}; afterwards ${inWords(count)}; services: ${events} events, each consumer took each of its own once`;
};
