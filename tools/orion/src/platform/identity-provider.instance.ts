import { TIERS } from '../infrastructure/context';
import type { Supervisor } from '../processes/supervisor.process';
import type { StateFolder } from '../state/state.folder';
import { inWorkspace, workspaceEnvironment } from '../state/workspace';
import type { PlatformPorts } from './services';

/** What an organization sets to sign its people in by the provider. */
export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

const PROGRAM = inWorkspace('libs', 'platform', 'testing', 'identity-provider', 'main.mjs');
const READY_WITHIN_MS = 30_000;

export const providerSettings = ({ provider }: PlatformPorts): ProviderSettings => ({
  issuer: `http://localhost:${provider}`,
  clientId: 'orion',
  clientSecret: 'of-a-demonstration',
});

/** The name server of its people's domains listens on the same port. */
export const nameServerOf = ({ provider }: PlatformPorts): string => `127.0.0.1:${provider}`;

async function answers(issuer: string): Promise<boolean> {
  try {
    return (await fetch(`${issuer}/.well-known/openid-configuration`)).ok;
  } catch {
    return false;
  }
}

/** Starts an OpenID Connect provider that believes everybody, for demonstrations and journeys. */
export async function startProvider(
  state: StateFolder,
  supervisor: Supervisor,
  ports: PlatformPorts,
): Promise<void> {
  const { issuer, ...client } = providerSettings(ports);
  const redirectUri = `http://localhost:${ports.services.gateway}/sign-in/sso`;
  const settings = { port: ports.provider, client: { ...client, redirectUri } };
  const kept = supervisor.start({
    name: 'provider',
    command: process.execPath,
    args: [PROGRAM],
    env: workspaceEnvironment({ PROVIDER_SETTINGS: JSON.stringify(settings) }),
    cwd: state.path,
    logFile: state.file('log', 'provider.log'),
    streamed: false,
    tier: TIERS.services,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
  });
  await supervisor.untilReady(kept, () => answers(issuer), READY_WITHIN_MS);
}
