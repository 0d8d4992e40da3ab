import { SERVICE_FLAGS } from '@orion/workspace';
import { existsSync } from 'node:fs';
import { PlainFailure } from '../failure';
import { TIERS } from '../infrastructure/context';
import type { KeptProcess } from '../processes/kept.process';
import type { Supervisor } from '../processes/supervisor.process';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace, packageProgram, WORKSPACE } from '../state/workspace';
import { serviceEnvironment, type Surroundings } from './environment';
import { SERVICES, type ServiceName } from './services';

const READY_WITHIN_MS = 120_000;
/** Services promise to end within 30 s of being told so. */
const GRACE_MS = 32_000;

/** What a service inherits from the launcher's environment; everything else it gets is chosen for it. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'TMPDIR'] as const;

const inherited = (state: StateFolder): Record<string, string> => ({
  ...Object.fromEntries(INHERITED.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : []))),
  // Node keeps compiled code there, which makes a restart quicker.
  NODE_COMPILE_CACHE: state.folder('cache'),
});

export const programOf = (service: ServiceName): string => inWorkspace('apps', service, 'dist', 'main.cjs');

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
}

/** Whether a service says that it can take work. */
export const isReady = (port: number): Promise<boolean> => answersOk(`http://127.0.0.1:${port}/health/ready`);

/** Starts every service; the answer tells when all of them are ready. */
export function startServices(
  state: StateFolder,
  supervisor: Supervisor,
  surroundings: Surroundings,
): { kept: Record<ServiceName, KeptProcess>; ready: Promise<void> } {
  const missing = SERVICES.filter((service) => !existsSync(programOf(service)));
  if (missing.length > 0) {
    throw new PlainFailure(
      `Nothing was built for ${missing.join(', ')}: see ${state.file('log', 'build.log')}.`,
    );
  }
  const start = (name: ServiceName): KeptProcess =>
    supervisor.start({
      name,
      command: process.execPath,
      args: [...SERVICE_FLAGS, programOf(name)],
      env: { ...inherited(state), ...serviceEnvironment(name, surroundings) },
      cwd: WORKSPACE,
      logFile: state.file('log', `${name}.log`),
      streamed: true,
      tier: TIERS.services,
      stopSignal: 'SIGTERM',
      graceMs: GRACE_MS,
    });
  const kept = Object.fromEntries(SERVICES.map((name) => [name, start(name)])) as Record<
    ServiceName,
    KeptProcess
  >;
  const ready = Promise.all(
    SERVICES.map((name) =>
      supervisor.untilReady(kept[name], () => isReady(surroundings.ports.services[name]), READY_WITHIN_MS),
    ),
  ).then(() => undefined);
  return { kept, ready };
}

/** Starts the mail sink: takes every mail, delivers none, shows them in a browser. */
export async function startMail(
  state: StateFolder,
  supervisor: Supervisor,
  ports: Surroundings['ports'],
): Promise<void> {
  const kept = supervisor.start({
    name: 'mail',
    command: process.execPath,
    args: [
      packageProgram('maildev'),
      ...['--smtp', String(ports.mailSmtp), '--ip', '127.0.0.1'],
      ...['--web', String(ports.mailWeb), '--web-ip', '127.0.0.1'],
      ...['--mail-directory', state.folder('mail')],
    ],
    env: inherited(state),
    cwd: state.folder('mail'),
    logFile: state.file('log', 'mail.log'),
    streamed: false,
    tier: TIERS.services,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
  });
  await supervisor.untilReady(kept, () => answersOk(`http://127.0.0.1:${ports.mailWeb}/api/healthz`), 30_000);
}
