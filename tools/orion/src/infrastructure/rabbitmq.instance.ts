import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { rabbitmqUrl } from './addresses';
import { type InstanceContext, TIERS } from './context';
import type { Programs } from './programs.probe';
import { BROKER_USER, brokerConfiguration, brokerEnvironment, type BrokerFolders } from './rabbitmq-settings';
import { rabbitmqAnswers } from './readiness.probe';

const READY_WITHIN_MS = 90_000;

/** How to reach the broker with its own command line tool. */
export interface BrokerControl {
  command: string;
  env: Record<string, string>;
}

function folders({ state }: InstanceContext): BrokerFolders {
  const base = state.folder('rabbitmq');
  return {
    home: state.folder('rabbitmq', 'home'),
    data: join(base, 'data'),
    log: state.folder('log', 'rabbitmq'),
    pluginsFile: join(base, 'plugins'),
    configFile: join(base, 'rabbitmq.conf'),
    pidFile: join(base, 'pid'),
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}

/** Erlang's port mapper as a process of ours; otherwise the broker would start one that outlives it. */
async function startPortMapper(context: InstanceContext, program: string): Promise<void> {
  const { state, supervisor, ports } = context;
  const kept = supervisor.start({
    name: 'epmd',
    command: program,
    args: ['-port', String(ports.epmd), '-address', '127.0.0.1'],
    env: { PATH: process.env['PATH'] },
    cwd: '/',
    logFile: state.file('log', 'epmd.log'),
    streamed: false,
    tier: TIERS.foundations,
    stopSignal: 'SIGTERM',
    graceMs: 3_000,
  });
  await supervisor.untilReady(kept, () => accepts(ports.epmd), 10_000);
}

function controlOf(server: string, env: Record<string, string>): BrokerControl {
  const control = join(dirname(server), 'rabbitmqctl');
  return { command: existsSync(control) ? control : 'rabbitmqctl', env };
}

/** Starts the checkout's own RabbitMQ and answers its address. */
export async function startRabbitmq(
  context: InstanceContext,
  programs: NonNullable<Programs['rabbitmq']>,
): Promise<{ url: string; control: BrokerControl }> {
  const { state, secrets, supervisor, ports } = context;
  const places = folders(context);
  const password = secrets.password('rabbitmq');
  writeFileSync(places.pluginsFile, '[].\n');
  writeFileSync(places.configFile, brokerConfiguration(ports.rabbitmq, BROKER_USER, password), {
    mode: 0o600,
  });
  chmodSync(places.configFile, 0o600);
  await startPortMapper(context, programs.epmd);
  const env = brokerEnvironment(state.id, places, ports);
  const kept = supervisor.start({
    name: 'rabbitmq',
    command: programs.server,
    args: [],
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env },
    cwd: state.folder('rabbitmq'),
    logFile: state.file('log', 'rabbitmq.log'),
    streamed: false,
    tier: TIERS.servers,
    stopSignal: 'SIGTERM',
    graceMs: 30_000,
  });
  const url = rabbitmqUrl(ports.rabbitmq, BROKER_USER, password);
  await supervisor.untilReady(kept, () => rabbitmqAnswers(url), READY_WITHIN_MS);
  return { url, control: controlOf(programs.server, env) };
}
