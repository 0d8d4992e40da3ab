import { createTestService, type TestService } from '@orion/testing';
import { join } from 'node:path';
import { gateway } from '../../src/gateway.service';
import { eachAddress } from '../../src/routing/upstreams';

export const PRISMA_DIR = join(__dirname, '../../prisma');

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/** A gateway on a free port, with a database of its own and, unless addresses are given, nothing behind it. */
export function startService(env: Record<string, string> = {}): Promise<TestService> {
  const { AUTH_URL: _standIn, ...addresses } = eachAddress(() => NOWHERE);
  return createTestService({ ...gateway, prismaDir: PRISMA_DIR, env: { ...addresses, ...env } });
}
