import { chmodSync, writeFileSync } from 'node:fs';
import { redisUrl } from './addresses';
import { type InstanceContext, TIERS } from './context';
import { redisAnswers } from './readiness.probe';
import { redisConfiguration } from './redis-settings';

const READY_WITHIN_MS = 30_000;

/** Starts the checkout's own Redis and answers its address. */
export async function startRedis(context: InstanceContext, program: string): Promise<string> {
  const { state, secrets, supervisor, ports, durability } = context;
  const password = secrets.password('redis');
  const file = state.file('redis', 'redis.conf');
  writeFileSync(file, redisConfiguration(ports.redis, password, state.folder('redis'), durability), {
    mode: 0o600,
  });
  chmodSync(file, 0o600);
  const kept = supervisor.start({
    name: 'redis',
    command: program,
    args: [file],
    env: { PATH: process.env['PATH'] },
    cwd: state.folder('redis'),
    logFile: state.file('log', 'redis.log'),
    streamed: false,
    tier: TIERS.servers,
    stopSignal: 'SIGTERM',
    graceMs: 15_000,
  });
  const url = redisUrl(ports.redis, password);
  await supervisor.untilReady(kept, () => redisAnswers(url), READY_WITHIN_MS);
  return url;
}
