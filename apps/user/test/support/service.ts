import { createTestService, type TestService } from '@orion/testing';
import { join } from 'node:path';
import { user } from '../../src/user.service';
import { startNotificationStandIn } from './notification.stand-in';

/** User on a free port, with a database of its own. */
export async function startService(env: Record<string, string> = {}): Promise<TestService> {
  const service = await createTestService({ ...user, prismaDir: join(__dirname, '../../prisma'), env });
  const notification = await startNotificationStandIn(service.namespace);
  return {
    ...service,
    async close() {
      await notification.close();
      await service.close();
    },
  };
}
