import { describe, expect, it } from '@jest/globals';
import { metricOf } from './metric';

const page = `# HELP process_resident_memory_bytes Resident memory size in bytes.
process_resident_memory_bytes 261545984
orion_dead_letters{service="user"} 2
orion_dead_letters{service="a } b"} 3
orion_dead_letters_total 7
`;

describe('a metric of a page', () => {
  it('is read with and without labels, and no other of a longer name with it', () => {
    expect(metricOf(page, 'process_resident_memory_bytes')).toBe(261_545_984);
    expect(metricOf(page, 'orion_dead_letters')).toBe(5);
  });

  it('is nothing where the page has none', () => {
    expect(metricOf(page, 'orion_outbox_backlog')).toBeUndefined();
  });
});
