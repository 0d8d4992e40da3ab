import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { changes, door, T } from '../compare/test-entries';
import { type Comment, affectedComment } from './affected-comment';
import { affectedBy, assess, judge, sentencesOf } from './assessment';

const older = { it: door() };
const newer = { it: door({ reply: z.object({ more: T.max(3) }), access: 'public' }) };
const assessed = changes(older, newer).map((it) => ({ ...it, consumers: ['admin-ui', 'e2e'] }));
const declared = { version: '1.0.0', changelog: { open: { body: '' }, released: '1.0.0' } };
const comment = (over: Partial<Comment>): string =>
  affectedComment({
    base: 'main',
    changes: assessed,
    catalogues: [takeCatalogue({ API_PREFIX: '/api', ...newer })],
    owners: (project) => [`@orion/${project}`],
    verdict: judge(assessed, declared),
    major: '2.0.0',
    ...over,
  });

describe('the comment on a pull request', () => {
  it('lists what breaks, what is added, whom it concerns, who owns that, and what is still to be done', () => {
    expect(comment({})).toBe(`### Contracts: 1 breaking, 2 additive since \`main\`

**Breaking**

| change | kept by | concerns | owners |
| --- | --- | --- | --- |
| notes.add (POST /api/notes/:id): the field \`id\` of the reply is gone | user | admin-ui, e2e and integrators | @orion/user @orion/admin-ui @orion/e2e |

**Additive**

| change | kept by | concerns | owners |
| --- | --- | --- | --- |
| notes.add (POST /api/notes/:id): is for anybody and was for holders of \`customer.view\` | user | admin-ui, e2e and integrators | @orion/user @orion/admin-ui @orion/e2e |
| notes.add (POST /api/notes/:id): the field \`more\` of the reply is new | user | admin-ui, e2e and integrators | @orion/user @orion/admin-ui @orion/e2e |

**Not to be merged yet**

- Make the breaking changes beside what is there, or take the step to 2.0.0: head libs/contracts/CHANGELOG.md with "## 2.0.0 (unreleased)" and say in docs/migrations/2.0.0.md what admin-ui, e2e and user have to do (docs/guides/change-a-contract.md).
`);
  });

  it('says that a declared step is declared', () => {
    const text = comment({ verdict: { undeclared: [], faults: [] } });
    expect(text).toContain('The step these need is declared');
    expect(text).not.toContain('Not to be merged');
  });

  it('says that nobody has to act', () => {
    expect(comment({ changes: [], verdict: { undeclared: [], faults: [] } })).toBe(
      '### Contracts: no change since `main`\n\nNobody has to act.\n',
    );
  });

  it('keeps its tables whole, whatever a pattern holds', () => {
    const [first] = assessed;
    const piped = first ? [{ ...first, text: 'has the pattern `a|b`\nnow' }] : [];
    expect(comment({ changes: piped })).toContain('has the pattern `a\\|b` now |');
  });
});

describe('an assessment', () => {
  const catalogues = [takeCatalogue(older), takeCatalogue(newer)] as const;
  const project = { name: 'web', root: 'apps/web', tags: ['type:web'], standsOn: ['contracts'] };
  const users = async () => ({ projects: [project], uses: new Map([['web', new Set(['it'])]]) });

  it('asks who uses the contracts only when something has changed', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await assess(catalogues[0], catalogues[0], never)).toEqual([]);
    await expect(assess(...catalogues, never)).rejects.toThrow('asked');
  });

  it('refuses a break that nothing declares, and takes it with a step and a guide', async () => {
    const found = await assess(...catalogues, users);
    expect(affectedBy(found)).toEqual(['user', 'web']);
    const refused = sentencesOf(judge(found, declared), '1.0.0', catalogues);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain('which concerns web and integrators');
    const open = { version: '2.0.0', body: '- The id is gone.' };
    const step = { ...declared, changelog: { ...declared.changelog, open } };
    expect(sentencesOf(judge(found, step), '1.0.0', catalogues)[0]).toContain('has no migration guide');
    const guide = 'web reads `more`; user has nothing to do.';
    expect(sentencesOf(judge(found, { ...step, guide }), '1.0.0', catalogues)).toEqual([]);
  });
});
