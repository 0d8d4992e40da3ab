import { createTestService, type TestService, testNamespace } from '@orion/testing';
import { join } from 'node:path';
import { auth } from '../../src/auth.service';

/** Auth on a free port, with a database of its own; the namespace lets it hear what stands in for others. */
export const startService = (
  env: Record<string, string> = {},
  namespace: string = testNamespace(),
): Promise<TestService> =>
  createTestService({ ...auth, prismaDir: join(__dirname, '../../prisma'), namespace, env });
