import type { Tree } from '@nx/devkit';
import { beforeAll, describe, expect, it } from '@jest/globals';
import capability from '../capability/capability.generator';
import { endpointsOf } from '../house/contracts';
import { edit, read } from '../house/files';
import { changedBy, faultsIn, houseTree, refusalOf } from '../testing/house.tree';
import endpoint from './endpoint.generator';
import type { EndpointOptions } from './make-plan';

const crews = (
  id: string,
  method: string,
  path: string,
  more: Partial<EndpointOptions> = {},
): EndpointOptions => ({
  ...{ id: `work-crews.${id}`, service: 'scheduling', capability: 'work-crews', method, path },
  ...more,
});

const calendar = (method: string, path: string, more: Partial<EndpointOptions> = {}): EndpointOptions => ({
  ...{ id: 'calendar.remind', service: 'scheduling', capability: 'calendar', method, path },
  ...more,
});

async function withCrews(): Promise<Tree> {
  const tree = houseTree();
  await capability(tree, { name: 'work-crews', service: 'scheduling' });
  return tree;
}

const source = 'apps/scheduling/src';
const entryOf = (tree: Tree, id: string) => endpointsOf(tree).find((it) => it.id === id);

describe('an endpoint of a generated capability', () => {
  it.each([
    [crews('rename', 'PATCH', '/work-crews/:id'), 'rename-work-crew', 'updateManyAndReturn'],
    [crews('change-name', 'POST', '/work-crews/:id/name'), 'change-name-of-work-crew', 'updateManyAndReturn'],
    [crews('idle', 'GET', '/work-crews/idle'), 'list-idle-work-crews', 'findMany'],
    [crews('history', 'GET', '/work-crews/:id/history'), 'read-work-crew-history', 'findFirst'],
    [crews('add', 'POST', '/work-crews/quick'), 'add-work-crew', 'create('],
    [crews('remove', 'DELETE', '/work-crews/:id'), 'remove-work-crew', 'deleteMany'],
  ])('%j works on its table', async (options, name, call) => {
    const tree = await withCrews();
    const changed = await changedBy(tree, () => endpoint(tree, options));
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(changed).toContain(`apps/scheduling/test/${name}.integration.test.ts`);
    expect(read(tree, `${source}/work-crews/${name}.use-case.ts`)).toContain(`tx.workCrew.${call}`);
    const entry = entryOf(tree, options.id);
    expect(entry).toMatchObject({ method: options.method, path: options.path });
    expect(entry?.access).toBe(options.method === 'GET' ? 'work-crew.view' : 'work-crew.manage');
    expect(read(tree, `${source}/work-crews/work-crew.controller.ts`)).toContain(
      `@Implements(${entry?.constant})`,
    );
    expect(read(tree, `${source}/work-crews/work-crews.module.ts`)).toContain(`./${name}.use-case`);
  });

  it('tells the tests what it has to be sent', async () => {
    const tree = await withCrews();
    await endpoint(tree, crews('rename', 'PATCH', '/work-crews/:id'));
    expect(read(tree, 'apps/scheduling/test/support/rooms.ts')).toMatch(
      /['"]work-crews\.rename['"]: \{ body: \{ name: ['"]Changed['"] \} \}/,
    );
  });

  it('creates rows only as long as a name is all they need', async () => {
    const tree = await withCrews();
    edit(tree, 'apps/scheduling/prisma/schema.prisma', (text) =>
      text.replace(/(model WorkCrew \{\n)/, '$1  size Int\n'),
    );
    const add = crews('add', 'POST', '/work-crews/quick', { model: 'WorkCrew' });
    expect(await refusalOf(tree, () => endpoint(tree, add))).toBe(
      'A new WorkCrew also needs size, so this endpoint has to be written by hand.',
    );
    await endpoint(tree, { ...add, model: undefined });
    expect(read(tree, `${source}/work-crews/add-work-crew.use-case.ts`)).toContain('Says who asks for what');
  });
});

describe('an endpoint of a capability written by hand', () => {
  it('reads a row by its id and shows what is harmless', async () => {
    const tree = houseTree();
    const changed = await changedBy(tree, () =>
      endpoint(
        tree,
        calendar('get', '/calendar/bookings/:id/reminder', { access: 'authenticated', summary: 'It’s' }),
      ),
    );
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(entryOf(tree, 'calendar.remind')).toMatchObject({
      constant: 'readBookingRemind',
      access: 'authenticated',
    });
    expect(read(tree, `${source}/calendar/read-booking-remind.use-case.ts`)).toContain(
      'version: row.version',
    );
    expect(read(tree, 'apps/scheduling/test/read-booking-remind.integration.test.ts')).not.toContain(
      'FORBIDDEN',
    );
  });

  it('sets the column it is told', async () => {
    const tree = houseTree();
    const options = {
      ...{ id: 'service-orders.instruct', service: 'scheduling', capability: 'service-orders' },
      ...{ method: 'POST', path: '/service-orders/:id/instruct', field: 'instructions' },
    };
    await endpoint(tree, options);
    expect(read(tree, `${source}/service-orders/instruct-service-order.use-case.ts`)).toContain(
      'data: { instructions, version: { increment: 1 } }',
    );
  });

  it.each(['GET', 'POST'])('says who asks for what where there is no row to work on: %s', async (method) => {
    const tree = houseTree();
    const changed = await changedBy(tree, () => endpoint(tree, calendar(method, '/calendar/remind')));
    expect(faultsIn(tree, changed)).toEqual([]);
    expect(read(tree, `${source}/calendar/remind-calendar.use-case.ts`)).toContain(
      method === 'GET' ? 'query' : 'body',
    );
  });

  it('gets a database where its controller has none', async () => {
    const tree = houseTree();
    const options = { id: 'overview.look', service: 'gateway', capability: 'overview' };
    await endpoint(tree, {
      ...options,
      method: 'POST',
      path: '/overview/look',
      access: 'authenticated',
    });
    expect(read(tree, 'apps/gateway/src/overview/overview.controller.ts')).toContain(
      'database: Database<PrismaClient>',
    );
  });

  it('finds the one model that ends in the word of the path', async () => {
    const tree = houseTree();
    const options = { id: 'webhooks.look', service: 'notification', capability: 'webhooks', method: 'GET' };
    await endpoint(tree, { ...options, path: '/admin/webhooks/subscriptions/:id/look' });
    expect(entryOf(tree, 'webhooks.look')?.constant).toBe('readWebhookSubscriptionLook');
  });
});

describe('an endpoint that cannot be made', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await withCrews();
  });

  it.each([
    [calendar('GET', '/x', { service: 'nobody' }), /^There is no service nobody/],
    [calendar('GET', '/x', { capability: 'nothing' }), /^scheduling has no capability nothing: name one of/],
    [calendar('GET', '/x', { id: 'remind' }), /^“remind” is no id of an endpoint/],
    [calendar('LOOK', '/x'), /^“LOOK” is no method/],
    [calendar('GET', 'x'), /^“x” is no path/],
    [calendar('GET', '/a/:id/b/:id'), /^“\/a\/:id\/b\/:id” is no path/],
    [calendar('GET', '/x', { id: 'calendar.hold' }), /^There is an endpoint calendar\.hold already/],
    [calendar('GET', '/calendar/bookings/:id'), /is answered by calendar\.read already/],
    [calendar('PUT', '/calendar/x'), /^PUT wants the id of what it is about/],
    [calendar('GET', '/calendar/x', { access: 'public' }), /without a token is written by hand/],
    [calendar('GET', '/calendar/x', { access: 'booking.eat' }), /^There is no permission booking\.eat/],
    [calendar('GET', '/calendar/x', { model: 'Nothing' }), /^scheduling has no model Nothing: name one of/],
    [calendar('GET', '/things/:id'), /^Say with --model whose rows \/things\/:id means/],
    [calendar('GET', '/things/:id', { model: 'Booking' }), /cannot make a row of things: teach them in/],
    [
      calendar('PATCH', '/calendar/bookings/:id'),
      /^Say with --field which column of Booking it sets: state\.$/,
    ],
    [calendar('PATCH', '/calendar/bookings/:id', { field: 'nothing' }), /has no text column nothing/],
    [calendar('DELETE', '/technicians/:id'), /refer to Technician: what becomes of them is decided by hand/],
    [crews('create', 'POST', '/work-crews/quick'), /There is an endpoint work-crews\.create already/],
    [calendar('POST', '/x', { id: 'bookings.read', model: 'Booking' }), /A new Booking also needs/],
  ])('%j', async (options, sentence) => {
    expect(await refusalOf(tree, () => endpoint(tree, options))).toMatch(sentence);
  });

  it('since rows of its table belong to nobody in particular', async () => {
    const options = {
      id: 'people.look',
      service: 'user',
      capability: 'people',
      method: 'GET',
      path: '/people/look',
    };
    expect(await refusalOf(tree, () => endpoint(tree, { ...options, model: 'Person' }))).toMatch(
      /^Rows of Person belong to no organization/,
    );
  });

  it('since a file of its name is there', async () => {
    const other = houseTree();
    other.write(`${source}/calendar/remind-calendar.use-case.ts`, 'mine');
    expect(await refusalOf(other, () => endpoint(other, calendar('GET', '/calendar/remind')))).toMatch(
      /^There is a file/,
    );
  });
});
