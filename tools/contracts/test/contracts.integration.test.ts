import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkspaceCopy } from './workspace-copy';

const CALENDAR = 'libs/contracts/src/scheduling/calendar.contract.ts';
const EVENTS = 'libs/contracts/src/scheduling/scheduling.events.ts';
const CHANGELOG = 'libs/contracts/CHANGELOG.md';
const VERSION = 'libs/contracts/released/version.json';
const CONTROLLER = 'apps/scheduling/src/calendar/calendar.controller.ts';

/** Each run of a command is a program of its own. */
const PATIENCE_MS = 180_000;

let copy: WorkspaceCopy;
let next = '';
let affected = '';
beforeAll(() => {
  copy = new WorkspaceCopy();
}, PATIENCE_MS);
afterAll(() => copy.remove());

const step = (name: string, work: () => void): void => it(name, work, PATIENCE_MS);

describe('the commands, one after the other', () => {
  step('find nothing wrong with the contracts as they stand', () => {
    expect(copy.run('check')).toMatchObject({ code: 0, out: expect.stringContaining('nothing is wrong') });
  });

  step('refuse breaking edits in sentences that name field and consumers', () => {
    copy.edit(CALENDAR, '    expiresAt: Timestamp.nullable(),\n    createdAt', '    createdAt');
    copy.edit(CALENDAR, 'technicianId: Id.optional() }', 'technicianId: Id, note: z.string().optional() }');
    copy.edit(
      EVENTS,
      'bookingId: Id, serviceOrderId: Id, technicianId: Id, startsAt: Instant }',
      'bookingId: Id, orderId: Id, technicianId: Id, startsAt: Instant }',
    );
    const kept = copy.read(CONTROLLER);
    copy.edit(CONTROLLER, '@Implements(readBooking)', '');
    const { code, out } = copy.run('check');
    copy.write(CONTROLLER, kept);
    expect(code).toBe(1);
    const line = (start: string) => out.split('\n').find((it) => it.startsWith(`✖ ${start}`)) ?? '';
    expect(line('assignments.create')).toMatch(
      /calendar\.read: the field `expiresAt` of `Booking` is gone, which concerns admin-ui, .*e2e.* and integrators \(implemented by scheduling\); .* or take the step to contracts \d+\.0\.0/,
    );
    expect(line('calendar.hold (POST /api/v1/calendar/bookings): the field `technicianId`')).toMatch(
      /has become required, which concerns admin-ui, /,
    );
    expect(line('orion.scheduling.booking.expired.v1')).toMatch(
      /the field `serviceOrderId` of the data is gone, and `orderId` of the same shape has come, which concerns auth, gateway, notification and webhook subscribers of booking\.expired \(published by scheduling\); .*booking\.expired\.v2 beside it/,
    );
    expect(line('calendar.read is implemented nowhere in apps/scheduling')).toContain(
      '@Implements(readBooking)',
    );
    expect(out).toContain(
      '+ calendar.hold (POST /api/v1/calendar/bookings): the field `note` of the body is new',
    );
    expect(line('docs/api/openapi.json')).toContain('run npx nx run contracts:document');
  });

  step('comment on them', () => {
    const { code, out, error } = copy.run('affected', '--base=HEAD');
    expect([code, error]).toEqual([1, '']);
    expect(out).toMatch(/^### Contracts: 4 breaking, 1 additive since `HEAD`\n/);
    expect(out).toMatch(
      /\| orion\.scheduling\.booking\.expired\.v1: .* @orion\/gateway @orion\/notification \|/,
    );
    affected = /md what (.*) have to do/.exec(out)?.[1] ?? '';
    expect(affected).toContain('admin-ui');
  });

  step('take them with a version step and a migration guide', () => {
    const [major] = JSON.parse(copy.read(VERSION)).version.split('.').map(Number);
    next = `${major + 1}.0.0`;
    copy.edit(CHANGELOG, '## Unreleased\n', `## ${next} (unreleased)\n\n- Bookings do not expire.\n`);
    copy.write(`docs/migrations/${next}.md`, `# Contracts ${next}\n\n${affected}: read the order.\n`);
    expect(copy.run('document').code).toBe(0);
    expect(copy.run('check')).toMatchObject({ code: 0, out: expect.stringContaining('nothing is wrong') });
  });

  step('release them as what they are, and measure against that from then on', () => {
    expect(copy.run('release')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`contracts ${next} released`),
    });
    expect(JSON.parse(copy.read(VERSION))).toMatchObject({ version: next });
    expect(JSON.parse(copy.read('docs/api/openapi.json'))).toMatchObject({ info: { version: next } });
    expect(copy.read(CHANGELOG)).toMatch(
      new RegExp(`## Unreleased\n\n## ${next} \\(\\d{4}-\\d\\d-\\d\\d\\)\n`),
    );
    expect(copy.run('check')).toMatchObject({ code: 0, out: expect.stringContaining(`contracts ${next}:`) });
    copy.commit();
  });

  step('see through a release that was taken anew without a step', () => {
    copy.edit(CALENDAR, '    createdAt: Timestamp,\n', '');
    copy.delete('libs/contracts/released/contracts.json');
    expect(copy.run('release')).toMatchObject({ code: 0, out: expect.stringContaining(`contracts ${next}`) });
    expect(copy.run('affected', '--base', 'HEAD')).toMatchObject({
      code: 1,
      out: expect.stringContaining('libs/contracts/released no longer is what HEAD had released'),
    });
  });

  step('say plainly what they cannot do', () => {
    expect(copy.run('affected', '--base=nowhere')).toEqual({
      code: 2,
      out: '',
      error: 'git knows no commit "nowhere": fetch it, or name another with --base=REF.\n',
    });
    expect(copy.run('forget')).toMatchObject({
      code: 2,
      error: expect.stringContaining('no command "forget"'),
    });
  });
});
