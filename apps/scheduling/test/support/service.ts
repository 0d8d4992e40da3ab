import { schedulingConfig } from '../../src/scheduling.config';
import { SchedulingModule } from '../../src/scheduling.module';
import { createTestService, type TestClaims, type TestService } from '@orion/testing';
import { ALL_PERMISSIONS } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Scheduling on a free port; `role` api runs no jobs. */
export const startScheduling = (env: Record<string, string> = {}): Promise<TestService> =>
  createTestService({
    name: 'scheduling',
    module: (config) => SchedulingModule.with(config),
    config: schedulingConfig,
    prismaDir: join(__dirname, '../../prisma'),
    env,
  });

/** Somebody who may do everything in an organization of their own. */
export const newAdmin = (organizationId: string = randomUUID()): TestClaims => ({
  userId: randomUUID(),
  organizationId,
  permissions: ALL_PERMISSIONS,
});
