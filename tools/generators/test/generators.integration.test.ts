import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, signTestToken, testAdmin } from '@orion/testing';
import { boot } from './support/booted.service';
import { WorkspaceCopy } from './support/workspace.copy';

const MINUTES = 60_000;

/** What is made in the copy, as people make it. */
const COMMANDS = [
  'service depot-stock --owner=@orion/depot-stock --capability=spare-parts',
  'endpoint spare-parts.rename --service=depot-stock --capability=spare-parts --method=PATCH --path=/spare-parts/:id',
  'endpoint calendar.details --service=scheduling --capability=calendar --method=GET --path=/calendar/bookings/:id/details',
  'event booking.reminded --service=scheduling --consumer=notification --webhook=booking.reminded --fields=channel:text',
  'capability work-crews --service=scheduling',
];
const TOUCHED = ['depot-stock', 'contracts', 'scheduling', 'notification'].join(',');

describe('what the generators make', () => {
  let copy: WorkspaceCopy;
  beforeAll(() => {
    copy = new WorkspaceCopy();
  }, MINUTES);
  afterAll(() => copy.remove());

  it.each(COMMANDS)(
    'npx nx g %s',
    (command) => {
      expect(copy.run('nx', 'g', ...command.split(' '))).toContain('Open next: apps/');
    },
    2 * MINUTES,
  );

  it(
    'is refused in one sentence where it cannot be made',
    () => {
      expect(() => copy.run('nx', 'g', 'service', 'depot-stock')).toThrow(
        'There is a service depot-stock already: choose another name.',
      );
    },
    2 * MINUTES,
  );

  it(
    'is written as prettier writes it',
    () => {
      const written = ['apps', 'libs', 'docs'].flatMap((it) => copy.changedBelow(it));
      expect(written.length).toBeGreaterThan(40);
      copy.run('prettier', '--check', '--ignore-unknown', ...written);
    },
    2 * MINUTES,
  );

  it(
    'passes lint and types, also where others derive from it',
    () => {
      copy.run('nx', 'run-many', '-t', 'lint', '-p', TOUCHED, '--parallel=2');
      copy.run('nx', 'run-many', '-t', 'typecheck', '-p', `${TOUCHED},gateway,orion-cli`, '--parallel=2');
    },
    10 * MINUTES,
  );

  it(
    'passes its own tests and those of the contracts, and is built',
    () => {
      copy.run('nx', 'run-many', '-t', 'test', 'build', '-p', 'depot-stock,contracts', '--parallel=2');
    },
    10 * MINUTES,
  );

  it(
    'passes with the services it joined',
    () => {
      copy.jest(
        'apps/scheduling',
        'read-booking-details',
        'publish-booking',
        'work-crews',
        'rooms',
        'isolation',
      );
      copy.jest('apps/notification', 'hear-booking', 'rooms', 'event-types');
    },
    10 * MINUTES,
  );

  it(
    'is found by the gateway and the launcher',
    () => {
      copy.jest('apps/gateway', 'routing.integration', 'upstreams', 'gateway.config', 'activity-text');
      copy.jest('tools/orion', '--selectProjects', 'unit', '--testPathPatterns', 'platform', 'settings');
      copy.jest(
        'libs/platform/database',
        '--selectProjects',
        'unit',
        '--testPathPatterns',
        'connection-budget',
      );
    },
    10 * MINUTES,
  );

  it(
    'starts, is ready and answers',
    async () => {
      const service = await boot(copy.root, 'depot-stock');
      try {
        await eventually(async () => expect((await fetch(`${service.url}/health/ready`)).status).toBe(200), {
          timeoutMs: MINUTES,
        });
        const permissions = ['spare-part.view', 'spare-part.manage'];
        const headers = {
          authorization: `Bearer ${signTestToken({ ...testAdmin(), permissions })}`,
          'content-type': 'application/json',
        };
        const send = async (method: string, path: string, body: object) => {
          const url = `${service.url}/api/v1/spare-parts${path}`;
          const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
          return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        };
        const made = await send('POST', '', { name: 'Valve' });
        expect(made).toMatchObject({ status: 201, body: { name: 'Valve', version: 1 } });
        expect(await send('PATCH', `/${String(made.body['id'])}`, { name: 'Pump' })).toMatchObject({
          status: 200,
          body: { ...made.body, name: 'Pump', version: 2 },
        });
      } finally {
        expect(await service.stop()).toBe(0);
      }
    },
    2 * MINUTES,
  );
});
