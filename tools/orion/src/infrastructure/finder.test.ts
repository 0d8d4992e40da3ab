import { describe, expect, it } from '@jest/globals';
import {
  choose,
  type Facts,
  listed,
  noEngine,
  nowhereToBeFound,
  packagesOf,
  PIECES,
  piecesFrom,
} from './finder';

const facts = (more: Partial<Facts>): Facts => ({
  given: new Set(),
  programs: new Set(),
  containers: false,
  installable: false,
  ...more,
});

describe('where infrastructure comes from', () => {
  it('prefers given addresses, then programs, then containers, then packages', () => {
    const choice = choose(
      facts({
        given: new Set(['postgres']),
        programs: new Set(['postgres', 'rabbitmq']),
        containers: true,
        installable: true,
      }),
    );
    expect(choice).toEqual({ postgres: 'environment', rabbitmq: 'programs', redis: 'containers' });
  });

  it('takes containers or programs alone where a person insists, but leaves given addresses', () => {
    const everything = {
      programs: new Set(['rabbitmq', 'redis'] as const),
      containers: true,
      installable: true,
    };
    const given = new Set(['redis'] as const);
    expect(choose(facts({ ...everything, given, insistence: 'containers' }))).toEqual({
      postgres: 'containers',
      rabbitmq: 'containers',
      redis: 'environment',
    });
    expect(choose(facts({ ...everything, given, insistence: 'programs' }))).toEqual({
      postgres: 'install',
      rabbitmq: 'programs',
      redis: 'environment',
    });
    const engineless = choose(facts({ ...everything, containers: false, insistence: 'containers' }));
    expect(piecesFrom(engineless, 'nowhere')).toEqual(PIECES);
  });

  it('installs only what is missing', () => {
    const choice = choose(facts({ programs: new Set(['redis']), installable: true }));
    expect(piecesFrom(choice, 'install')).toEqual(['postgres', 'rabbitmq']);
    expect(packagesOf(piecesFrom(choice, 'install'))).toEqual(['postgresql', 'rabbitmq-server']);
  });

  it('leaves what cannot be had to one sentence with every way out', () => {
    const choice = choose(facts({ programs: new Set(['rabbitmq']) }));
    const sentence = nowhereToBeFound(piecesFrom(choice, 'nowhere'), true);
    expect(sentence).toContain('PostgreSQL and Redis not found');
    expect(sentence).toContain('apt-get install postgresql redis-server');
    expect(sentence).toContain('Docker');
    expect(sentence).toContain('ORION_POSTGRES_URL and ORION_REDIS_URL');
    expect(sentence.split('\n')).toHaveLength(1);
  });

  it('says which setting asks for an engine that is not there', () => {
    expect(noEngine('ORION_TEST_INFRASTRUCTURE', false)).toBe(
      'ORION_TEST_INFRASTRUCTURE asks for containers, but no container engine answers: start Docker, or unset ORION_TEST_INFRASTRUCTURE.',
    );
    expect(noEngine('ORION_INFRASTRUCTURE', true)).toContain('docker compose version');
  });

  it('speaks of other package managers where there is no apt', () => {
    expect(nowhereToBeFound(['postgres'], false)).toContain('brew install postgresql@16');
  });
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('lists %j as "%s"', (names, sentence) => {
  expect(listed(names)).toBe(sentence);
});
