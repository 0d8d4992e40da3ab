import { describe, expect, it } from '@jest/globals';
import type { Change } from '../compare/change';
import { consumersOf, type Project } from './consumers';

const project = (name: string, type: string, standsOn: string[] = []): Project => ({
  name,
  root: name,
  tags: [`type:${type}`],
  standsOn,
});
const PROJECTS = [
  project('contracts', 'contracts'),
  project('security', 'platform', ['contracts']),
  project('service', 'platform', ['security']),
  project('auth', 'service', ['service', 'contracts']),
  project('gateway', 'service', ['service', 'contracts']),
  project('web', 'web', ['contracts']),
  project('day', 'tool', ['contracts']),
];
const change = (over: Partial<Change>): Change => ({
  subject: 'endpoint',
  breaking: true,
  entries: ['x'],
  text: 'is gone',
  exports: ['x'],
  services: [],
  webhooks: [],
  ...over,
});
const uses = (all: Record<string, string[]>) =>
  new Map(Object.entries(all).map(([name, names]) => [name, new Set(names)]));

describe('whom a change concerns', () => {
  it.each<[string, Partial<Change>, Record<string, string[]>, string[]]>([
    ['apps and tools that name it', {}, { web: ['x'], day: ['x', 'y'], gateway: ['y'] }, ['day', 'web']],
    ['not the service that keeps it', { services: ['auth'] }, { auth: ['x'], web: ['x'] }, ['web']],
    ['everything on a library that names it', {}, { security: ['x'] }, ['auth', 'gateway']],
    ['consumers of all events', { subject: 'event' }, { gateway: ['EVENTS'] }, ['gateway']],
    ['no walker over all events, for an endpoint', {}, { gateway: ['EVENTS', 'ENDPOINTS'] }, []],
    [
      'webhooks, for a public event',
      { subject: 'event', webhooks: ['a.b'] },
      { auth: ['WEBHOOK_EVENTS'] },
      ['auth'],
    ],
    ['no webhooks, for a private event', { subject: 'event' }, { auth: ['WEBHOOK_EVENTS'] }, []],
  ])('%s', (_, over, used, expected) => {
    expect(consumersOf(change(over), PROJECTS, uses(used))).toEqual(expected);
  });
});
