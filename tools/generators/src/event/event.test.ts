import { describe, expect, it } from '@jest/globals';
import { eventsOf } from '../house/contracts';
import { read } from '../house/files';
import { changedBy, faultsIn, houseTree, refusalOf } from '../testing/house.tree';
import event from './event.generator';
import { fieldsIn } from './fields';

const reminded = { type: 'booking.reminded', service: 'scheduling' };

describe('a new event', () => {
  it('has a contract, and a place that publishes it beside its entity’s others', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () =>
      event(tree, { ...reminded, webhook: 'booking.reminded', fields: 'at:time' }),
    );
    expect(changed).toEqual([
      'apps/scheduling/src/calendar/booking-reminded.publisher.ts',
      'apps/scheduling/src/calendar/calendar.module.ts',
      'apps/scheduling/test/publish-booking-reminded.integration.test.ts',
      'libs/contracts/src/scheduling/scheduling.events.ts',
    ]);
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(eventsOf(tree)).toContainEqual({
      constant: 'bookingReminded',
      type: 'orion.scheduling.booking.reminded.v1',
      webhook: 'booking.reminded',
    });
    expect(read(tree, 'apps/scheduling/src/calendar/booking-reminded.publisher.ts')).toContain(
      'this.outbox.publish(tx, bookingReminded,',
    );
  });

  it('is heard by a consumer with a table of its own', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () => event(tree, { ...reminded, consumer: 'user' }));
    expect(faultsIn(tree, changed)).toEqual([]);
    const module = read(tree, 'apps/user/src/user.module.ts');
    expect(module).toMatch(/consumers: \[[^\]]*BookingRemindedConsumer\]/);
    expect(module).toContain('BookingRemindedModule,');
    const consumer = read(tree, 'apps/user/src/booking-reminded/booking-reminded.consumer.ts');
    expect(consumer).toMatch(/name = ['"]user\.booking-reminded['"]/);
    const migration = tree.children('apps/user/prisma/migrations').sort().at(-1);
    expect(migration).toMatch(/_hear_booking_reminded$/);
    expect(read(tree, `apps/user/prisma/migrations/${migration}/migration.sql`)).toContain('tenant_table');
  });

  it('is published where it is told to be', async () => {
    const tree = houseTree();
    await event(tree, {
      type: 'holiday.kept',
      service: 'scheduling',
      capability: 'settings',
      summary: 'It’s kept',
    });
    expect(tree.exists('apps/scheduling/src/settings/holiday-kept.publisher.ts')).toBe(true);
  });

  it.each([
    [{ ...reminded, service: 'nobody' }, /^There is no service nobody/],
    [{ ...reminded, type: 'booking' }, /^“booking” is no event/],
    [
      { ...reminded, type: 'booking.held' },
      /^There is an event orion\.scheduling\.booking\.held\.v1 already/,
    ],
    [{ ...reminded, type: 'booking.state' }, /^The contracts have bookingState already/],
    [{ ...reminded, webhook: 'reminded' }, /^“reminded” is no name of a webhook event/],
    [{ ...reminded, webhook: 'booking.held' }, /already: choose another name/],
    [{ ...reminded, capability: 'nothing' }, /^scheduling has no capability nothing/],
    [
      { ...reminded, type: 'weather.changed' },
      /^Say with --capability which part of scheduling publishes it/,
    ],
    [{ ...reminded, consumer: 'nobody' }, /^There is no service nobody/],
    [{ ...reminded, fields: 'at' }, /^“at” is no field/],
  ])('%j is refused', async (options, sentence) => {
    const tree = houseTree();
    if (options.type === 'booking.state')
      tree.write('libs/contracts/src/x.ts', 'export const bookingState = 1;');
    expect(await refusalOf(tree, () => event(tree, options))).toMatch(sentence);
  });

  it('is refused where its consumer has something of that name', async () => {
    const tree = houseTree();
    tree.write('apps/user/src/booking-reminded/mine.ts', '');
    expect(await refusalOf(tree, () => event(tree, { ...reminded, consumer: 'user' }))).toBe(
      'user has a booking-reminded already: add the event to its consumer by hand.',
    );
  });
});

describe('fields', () => {
  it('are read from name:type', () => {
    expect(fieldsIn('channel:text, at:time').map(({ name, schema }) => [name, schema])).toEqual([
      ['channel', 'z.string()'],
      ['at', 'Timestamp'],
    ]);
    expect(fieldsIn()).toEqual([]);
    expect(() => fieldsIn('a:text,a:id')).toThrow('The field a is named twice.');
    expect(() => fieldsIn('a:blob')).toThrow('is no field');
  });
});
