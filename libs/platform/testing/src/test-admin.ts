import { ALL_PERMISSIONS } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import type { TestClaims } from './test-tokens';

/** Somebody who may do everything, in an organization of their own unless one is given. */
export const testAdmin = (organizationId: string = randomUUID()): TestClaims => ({
  userId: randomUUID(),
  organizationId,
  permissions: ALL_PERMISSIONS,
});
