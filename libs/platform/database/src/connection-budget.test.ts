import { expect, it } from '@jest/globals';
import { SERVICES } from '@orion/contracts';
import { CONNECTION_BUDGET, connectionsNeeded } from './connection-budget';

it('all services together stay under what PostgreSQL allows', () => {
  const { app, worker, limit } = CONNECTION_BUDGET;
  expect(connectionsNeeded(SERVICES.length, app, worker)).toBeLessThanOrEqual(limit);
});
