import { ALL_PERMISSIONS, type Permission } from '@orion/contracts';
import { Cache } from '@orion/cache';
import { addressVariable } from '@orion/config';
import { MessagingHealth } from '@orion/messaging';
import { eventually, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { UPSTREAMS } from '../../src/routing/upstreams';
import { startService } from './service';
import { startUpstream, type Upstream } from './upstream';

export interface TestGateway extends TestService {
  /** What stands in for each service. */
  upstreams: Record<Service, Upstream>;
  user: Upstream;
  scheduling: Upstream;
  notification: Upstream;
  stop(): Promise<void>;
}

/** Auth's stand-in is the one every service under test has. */
const SERVED = UPSTREAMS.filter((it) => it !== 'auth');
type Service = Exclude<(typeof UPSTREAMS)[number], 'auth'>;

async function startUpstreams(): Promise<Record<Service, Upstream>> {
  const started = SERVED.map(async (it) => [it, await startUpstream()] as const);
  return Object.fromEntries(await Promise.all(started)) as Record<Service, Upstream>;
}

/** A gateway in front of real HTTP servers, one for each service. */
export async function startGateway(env: Record<string, string> = {}): Promise<TestGateway> {
  const upstreams = await startUpstreams();
  const addresses = Object.fromEntries(SERVED.map((it) => [addressVariable(it), upstreams[it].url]));
  const service = await startService({ ...addresses, ...env });
  await eventually(() => {
    const ready = service.app.get(MessagingHealth).isReady() && service.app.get(Cache).available;
    if (!ready) throw new Error('the gateway is not ready');
  });
  return {
    ...service,
    upstreams,
    user: upstreams.user,
    scheduling: upstreams.scheduling,
    notification: upstreams.notification,
    async stop() {
      await service.close();
      await Promise.all(SERVED.map((it) => upstreams[it].stop()));
    },
  };
}

export const someone = (
  organizationId: string = randomUUID(),
  permissions: readonly Permission[] = ALL_PERMISSIONS,
  more: { lifeSeconds?: number } = {},
) => ({ userId: randomUUID(), organizationId, permissions, ...more });
