import { ALL_PERMISSIONS, type Permission } from '@orion/contracts';
import { Cache } from '@orion/cache';
import { MessagingHealth } from '@orion/messaging';
import { createTestService, eventually, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { gateway } from '../../src/gateway.service';
import { startUpstream, type Upstream } from './upstream';

export interface TestGateway extends TestService {
  user: Upstream;
  scheduling: Upstream;
  notification: Upstream;
  stop(): Promise<void>;
}

export const PRISMA_DIR = join(__dirname, '../../prisma');

/** A gateway in front of three real HTTP servers. */
export async function startGateway(env: Record<string, string> = {}): Promise<TestGateway> {
  const [user, scheduling, notification] = await Promise.all([
    startUpstream(),
    startUpstream(),
    startUpstream(),
  ]);
  const service = await createTestService({
    ...gateway,
    prismaDir: PRISMA_DIR,
    env: { USER_URL: user.url, SCHEDULING_URL: scheduling.url, NOTIFICATION_URL: notification.url, ...env },
  });
  await eventually(() => {
    const ready = service.app.get(MessagingHealth).isReady() && service.app.get(Cache).available;
    if (!ready) throw new Error('the gateway is not ready');
  });
  return {
    ...service,
    user,
    scheduling,
    notification,
    async stop() {
      await service.close();
      await Promise.all([user, scheduling, notification].map((it) => it.stop()));
    },
  };
}

export const someone = (
  organizationId: string = randomUUID(),
  permissions: readonly Permission[] = ALL_PERMISSIONS,
  more: { lifeSeconds?: number } = {},
) => ({ userId: randomUUID(), organizationId, permissions, ...more });
