import type { Repository } from '../src/repository';

const CHECKS = `
name: checks
on:
  workflow_call: {}
permissions:
  contents: read
jobs:
  tests:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: npm ci
      - run: |
          npx nx affected -t lint build \\
            --base="$BASE"
          BASE=main npm test -- --affected
`;

const CHANGE = `
name: change
on: pull_request
permissions:
  contents: read
concurrency:
  group: change
jobs:
  affected:
    uses: ./.github/workflows/checks.yml
  owners:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v4
      - run: node tools/look.mjs && npx nx run auth:build
`;

const FORM = `
name: Bug
description: Something is wrong
labels: [bug]
body:
  - type: markdown
    attributes:
      value: See [this](../blob/main/README.md).
  - type: input
    id: app
    attributes:
      label: App
    validations:
      required: true
`;

const RULESET = {
  name: 'main',
  target: 'branch',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  rules: [
    {
      type: 'pull_request',
      parameters: { required_approving_review_count: 1, require_code_owner_review: true },
    },
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: [{ context: 'affected / tests' }, { context: 'owners' }],
      },
    },
  ],
};

const TEXTS = {
  '.github/workflows/checks.yml': CHECKS,
  '.github/workflows/change.yml': CHANGE,
  '.github/ISSUE_TEMPLATE/bug.yml': FORM,
  '.github/ISSUE_TEMPLATE/config.yml': 'blank_issues_enabled: false\n',
  '.github/PULL_REQUEST_TEMPLATE.md': 'Why, and [how](../blob/main/README.md)?\n',
  '.github/labels.yml': '- name: bug\n  color: d73a4a\n  description: Something is wrong\n',
  '.github/rulesets/main.json': JSON.stringify(RULESET),
  CODEOWNERS:
    '* @orion/all\n/apps/auth/ @orion/auth\n/libs/contracts/ @orion/contracts\n/apps/*/prisma/ @orion/data\n',
  'package.json': JSON.stringify({ scripts: { test: 'jest' }, devDependencies: { nx: '1.0.0' } }),
};

/** A small repository in which everything fits; `planted` replaces files, to plant a fault. */
export function soundRepository(
  planted: Partial<Record<keyof typeof TEXTS, (sound: string) => string>> = {},
) {
  const texts = new Map<string, string>(Object.entries(TEXTS));
  for (const [path, change] of Object.entries(planted)) {
    const sound = texts.get(path) ?? '';
    const changed = change(sound);
    if (changed === sound) throw new Error(`nothing was planted in ${path}`);
    texts.set(path, changed);
  }
  const repository: Repository = {
    texts,
    paths: [
      ...texts.keys(),
      'README.md',
      'tools/look.mjs',
      'apps/auth/project.json',
      'apps/auth/prisma/schema.prisma',
      'libs/contracts/project.json',
    ],
    projects: [
      { name: 'auth', root: 'apps/auth', tags: [], targets: ['build', 'lint'] },
      { name: 'contracts', root: 'libs/contracts', tags: [], targets: ['lint'] },
    ],
  };
  return repository;
}
