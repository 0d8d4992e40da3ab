import { createTestService, type TestService } from '@orion/testing';
import { join } from 'node:path';
import { scheduling } from '../../src/scheduling.service';

/** Scheduling on a free port, with a database of its own. */
export const startService = (env: Record<string, string> = {}): Promise<TestService> =>
  createTestService({ ...scheduling, prismaDir: join(__dirname, '../../prisma'), env });
