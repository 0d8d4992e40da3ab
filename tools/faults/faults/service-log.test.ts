import { describe, expect, it } from '@jest/globals';
import { linesOf } from './service-log';

describe('a service’s log', () => {
  it('is read line by line, without what is no entry', () => {
    const entry = JSON.stringify({
      level: 'info',
      time: '2026-11-21T13:05:16.705Z',
      event: 'service_stop_started',
    });
    expect(linesOf(`(node:1) Warning\n${entry}\n{"level":"info"}\n{"time":"2026-`)).toEqual([
      { at: Date.parse('2026-11-21T13:05:16.705Z'), event: 'service_stop_started' },
    ]);
  });
});
