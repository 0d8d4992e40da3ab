import { expect, it } from '@jest/globals';
import { samplesOf, sumOf } from './exposition';

const PAGE = `
# HELP database_pool_connections Connections
# TYPE database_pool_connections gauge
database_pool_connections{role="app",kind="waiting"} 3
database_pool_connections{role="worker",kind="waiting"} 1.5e0
database_pool_connections{role="app",kind="max"} 8

told{text="a \\"b\\", c}"} 2
database_lock_timeouts_total 4
database_lock_timeouts_total_created 1795268995
`;

it('values are found by name and labels, and nothing else', () => {
  const samples = samplesOf(PAGE);
  expect(sumOf(samples, 'database_pool_connections', { kind: 'waiting' })).toBe(4.5);
  expect(sumOf(samples, 'database_pool_connections', { kind: 'waiting', role: 'app' })).toBe(3);
  expect(sumOf(samples, 'database_lock_timeouts_total')).toBe(4);
  expect(sumOf(samples, 'orion_outbox_backlog')).toBe(0);
  expect(samples.find(({ name }) => name === 'told')?.value).toBe(2);
});
