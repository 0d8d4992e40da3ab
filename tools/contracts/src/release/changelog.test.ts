import { describe, expect, it } from '@jest/globals';
import { closeOpen, readChangelog } from './changelog';

const RELEASED = '## 1.0.0 (2026-11-21)\n\nThe first.\n';

describe('a changelog', () => {
  it.each<[string, string, ReturnType<typeof readChangelog>]>([
    ['with nothing open', RELEASED, { released: '1.0.0' }],
    [
      'with an empty open section',
      `# X\n\n## Unreleased\n\n${RELEASED}`,
      { open: { body: '' }, released: '1.0.0' },
    ],
    [
      'with something open',
      `## Unreleased\n\n- New.\n\n${RELEASED}`,
      { open: { body: '- New.' }, released: '1.0.0' },
    ],
    [
      'with a declared version',
      `## 2.0.0 (unreleased)\n\n- Gone.\n\n### Why\n\n${RELEASED}`,
      { open: { version: '2.0.0', body: '- Gone.\n\n### Why' }, released: '1.0.0' },
    ],
    ['with no release yet', '## Unreleased\n\n- New.\n', { open: { body: '- New.' } }],
    ['with other headings', `## Unreleased changes\n\n${RELEASED}`, { released: '1.0.0' }],
    ['of nothing', '', {}],
  ])('%s', (_, text, expected) => {
    expect(readChangelog(text)).toEqual(expected);
  });

  it('is closed: the open section becomes a release below a new empty one', () => {
    const text = `# X\n\n## 2.0.0 (unreleased)\n\n- Gone.\n\n${RELEASED}`;
    const closed = closeOpen(text, '2.0.0', '2026-12-01');
    expect(closed).toBe(`# X\n\n## Unreleased\n\n## 2.0.0 (2026-12-01)\n\n- Gone.\n\n${RELEASED}`);
    expect(readChangelog(closed)).toEqual({ open: { body: '' }, released: '2.0.0' });
    expect(() => closeOpen(RELEASED, '1.1.0', '2026-12-01')).toThrow('no open section');
  });
});
