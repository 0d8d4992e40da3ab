import { createTestService, type TestService } from '@orion/testing';
import { join } from 'node:path';
import { user } from '../../src/user.service';

/** User on a free port, with a database of its own. */
export const startService = (env: Record<string, string> = {}): Promise<TestService> =>
  createTestService({ ...user, prismaDir: join(__dirname, '../../prisma'), env });
