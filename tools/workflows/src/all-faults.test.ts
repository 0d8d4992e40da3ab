import { describe, expect, it } from '@jest/globals';
import { soundRepository } from '../test/sound-repository';
import { allFaults } from './all-faults';
import { commandsIn } from './commands';
import { lineOf } from './fault';
import { type Repository } from './repository';

type Planted = Parameters<typeof soundRepository>[0];

const messagesOf = async (repository: Repository): Promise<string[]> =>
  (await allFaults(repository)).map(lineOf);

const CHECKS = '.github/workflows/checks.yml';
const CHANGE = '.github/workflows/change.yml';
const FORM = '.github/ISSUE_TEMPLATE/bug.yml';
const RULES = '.github/rulesets/main.json';

const instead = (from: string, to: string) => (text: string) => text.replace(from, to);

const FAULTS: [what: string, planted: NonNullable<Planted>, message: RegExp][] = [
  [
    'a job that is not there',
    { [CHANGE]: instead('owners:\n', 'owners:\n    needs: [gone]\n') },
    /needs job "gone"/,
  ],
  ['an unknown runner', { [CHANGE]: instead('ubuntu-24.04', 'ubuntu-1804') }, /"ubuntu-1804" is unknown/],
  [
    'an event that GitHub has not',
    { [CHANGE]: instead('on: pull_request', 'on: pull_requests') },
    /pull_requests/,
  ],
  ['text that is no YAML', { [CHANGE]: (text) => `${text}\n  - : :` }, /change\.yml/],
  [
    'a context that is not there',
    { [CHANGE]: instead('group: change', 'group: ${{ githup.ref }}') },
    /githup/,
  ],
  ['rights left wide', { [CHECKS]: instead('permissions:\n  contents: read\n', '') }, /permissions/],
  ['no concurrency group', { [CHANGE]: instead('concurrency:\n  group: change\n', '') }, /concurrency/],
  ['a job without an end', { [CHANGE]: instead('    timeout-minutes: 5\n', '') }, /owners has no timeout/],
  [
    'an unknown action',
    { [CHANGE]: instead('actions/checkout@v4', 'somebody/thing@v1') },
    /somebody\/thing@v1/,
  ],
  ['an action without its version', { [CHECKS]: instead('checkout@v4', 'checkout@main') }, /may be used/],
  [
    'an input that is misspelt',
    { [CHECKS]: instead('fetch-depth', 'fetch-depht') },
    /no input "fetch-depht"/,
  ],
  [
    'a called workflow that is gone',
    { [CHANGE]: instead('checks.yml', 'other.yml') },
    /which does not exist/,
  ],
  ['a value pasted into a script', { [CHANGE]: instead('look.mjs', 'look.mjs ${{ github.sha }}') }, /\$\{\{/],
  ['an npm script that is gone', { [CHECKS]: instead('npm test', 'npm run unit') }, /no script "unit"/],
  ['a target nobody has', { [CHECKS]: instead('lint build', 'lint image') }, /target "image"/],
  ['a run-many without targets', { [CHECKS]: instead('-t lint build', '--all') }, /names no target/],
  ['a target the project has not', { [CHANGE]: instead('auth:build', 'contracts:build') }, /contracts:build/],
  ['a package that is not ours', { [CHANGE]: instead('npx nx', 'npx surprise') }, /npx surprise/],
  [
    'a file that is gone',
    { [CHANGE]: instead('tools/look', 'tools/gone') },
    /tools\/gone\.mjs does not exist/,
  ],
  ['a form with an unknown label', { [FORM]: instead('[bug]', '[bugg]') }, /"bugg"/],
  ['a form without a label', { [FORM]: instead('labels: [bug]', 'labels: []') }, /gives its issues a label/],
  ['a form with an unknown element', { [FORM]: instead('type: input', 'type: inputs') }, /body\.1/],
  [
    'a form that asks nothing',
    { [FORM]: (text) => text.slice(0, text.indexOf('  - type: input')) },
    /nothing is asked/,
  ],
  [
    'an id given twice',
    { [FORM]: (text) => text + text.slice(text.indexOf('  - type: input')) },
    /id is given twice/,
  ],
  [
    'a form that links nowhere',
    { [FORM]: instead('README', 'READYOU') },
    /READYOU\.md, which does not exist/,
  ],
  [
    'a config with an unknown key',
    { '.github/ISSUE_TEMPLATE/config.yml': () => 'blank: true' },
    /config\.yml/,
  ],
  ['no pull-request template', { '.github/PULL_REQUEST_TEMPLATE.md': () => '' }, /missing or empty/],
  ['a label named twice', { '.github/labels.yml': (text) => text + text }, /named twice/],
  ['a colour that is none', { '.github/labels.yml': instead('d73a4a', 'red') }, /hexadecimal/],
  [
    'an owner rule for nothing',
    { CODEOWNERS: (text) => `${text}/apps/gone/ @orion/gone\n` },
    /:5 .*covers no file/,
  ],
  ['an owner without a name', { CODEOWNERS: instead(' @orion/auth', '') }, /names no owner/],
  [
    'a project without an owner',
    { CODEOWNERS: instead('/apps/auth/ @orion/auth\n', '') },
    /auth \(apps\/auth\)/,
  ],
  [
    'schemas without an owner',
    { CODEOWNERS: instead('/apps/*/prisma/ @orion/data\n', '') },
    /apps\/auth\/prisma\//,
  ],
  [
    'an app’s rule after that of its schema',
    { CODEOWNERS: (text) => `${text.replace('/apps/auth/ @orion/auth\n', '')}/apps/auth/ @orion/auth\n` },
    /apps\/auth\/prisma\//,
  ],
  ['a ruleset that is off', { [RULES]: instead('active', 'disabled') }, /not enforced/],
  ['no approval', { [RULES]: instead('_count":1', '_count":0') }, /asks for no approval/],
  ['no word of the owners', { [RULES]: instead('review":true', 'review":false') }, /code owners/],
  ['branches that are behind', { [RULES]: instead('policy":true', 'policy":false') }, /behind main/],
  ['a check nobody reports', { [RULES]: instead('"owners"', '"owner"') }, /check "owner"/],
];

describe('the checks of .github', () => {
  it('find nothing where everything fits', async () => {
    expect(await messagesOf(soundRepository())).toEqual([]);
  });

  it.each(FAULTS)('find %s', async (_what, planted, message) => {
    expect((await messagesOf(soundRepository(planted))).join('\n')).toMatch(message);
  });

  it('give every app a label of its own', async () => {
    const planted = { [FORM]: instead('[bug]', "['app: auth']") };
    expect(await messagesOf(soundRepository(planted))).toEqual([]);
  });
});

it('commands are found behind settings, conditions and line breaks', () => {
  expect(commandsIn('A=1 npm ci && npx nx \\\n run a:b\n# npm no\nif npm test; then echo x; fi')).toEqual([
    ['npm', 'ci'],
    ['npx', 'nx', 'run', 'a:b'],
    ['npm', 'test'],
    ['echo', 'x'],
    ['fi'],
  ]);
});
