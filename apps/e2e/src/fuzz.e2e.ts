import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createServiceOrder,
  createWebhookSubscription,
  createWorkTeam,
  ENDPOINTS,
  holdSlot,
  searchAvailability,
} from '@orion/contracts';
import { type Account, newAccount } from './support/account';
import { badRequests, plausible, STRANGERS } from './support/bad-requests';
import { oddRequests } from './support/odd-requests';
import { type Document, type Operation, operationsOf, readDocument } from './support/openapi-document';
import { refusals } from './support/refused';
import { newWorkplace, orderBody, type Workplace } from './support/workplace';

let document: Document;
let operations: Operation[];
let us: Account;
let them: Account;
let ours: Workplace;
let theirs: Workplace;
/** Ids of the other organization, of every kind there is. */
let foreign: string[];

beforeAll(async () => {
  document = await readDocument();
  operations = operationsOf(document);
  [us, them] = [await newAccount('Fuzz Us'), await newAccount('Fuzz Them')];
  [ours, theirs] = [await newWorkplace(us), await newWorkplace(them)];
  const { slots } = await them.client.call(searchAvailability, {
    query: { serviceOrderId: theirs.order.id },
  });
  const booking = await them.client.call(holdSlot, {
    body: { serviceOrderId: theirs.order.id, startsAt: slots[0]?.startsAt ?? '' },
  });
  const subscription = await them.client.call(createWebhookSubscription, {
    body: { url: 'https://receiver.e2e.example/hook', eventTypes: ['*'] },
  });
  foreign = [
    them.userId,
    them.organizationId,
    theirs.businessUnitId,
    theirs.providerId,
    theirs.workTeamId,
    theirs.technicianId,
    theirs.customerId,
    theirs.order.id,
    booking.id,
    subscription.id,
  ];
});

describe('every endpoint of the platform', () => {
  it('is in the document', () => {
    expect(operations.map((it) => it.id).sort()).toEqual(ENDPOINTS.map((it) => it.id).sort());
  });

  it('would be noticed, were it to accept something bad or to answer otherwise than by a problem', async () => {
    const me = { what: 'a good request', method: 'GET', path: '/api/v1/users/me' };
    expect(await refusals([me], us.token)).toEqual([expect.stringContaining('was accepted with 200')]);
    expect(await refusals([{ ...me, path: '/api/v1/nothing' }], us.token, [400])).toHaveLength(1);
    expect(await refusals([{ ...me, path: '/' }], us.token)).toHaveLength(1);
  });

  it('refuses bad input as a problem document', async () => {
    const faults: string[] = [];
    let sent = 0;
    for (const operation of operations) {
      const requests = badRequests(document, operation).filter(
        (it) => it.method !== 'GET' || it.body === undefined,
      );
      sent += requests.length;
      faults.push(...(await refusals(requests, us.token)));
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(1_000);
  }, 300_000);

  it('breaks on nothing odd', async () => {
    const somebody = await newAccount('Fuzz Odd');
    const place = await newWorkplace(somebody);
    const { organizationId, userId, token } = somebody;
    const known: Record<string, string> = {
      organizations: organizationId,
      users: userId,
      'business-units': place.businessUnitId,
      providers: place.providerId,
      'work-teams': place.workTeamId,
      technicians: place.technicianId,
      customers: place.customerId,
      'service-orders': place.order.id,
    };
    const faults: string[] = [];
    for (const operation of operations.filter((it) => it.id !== 'activity.stream')) {
      const [, kind = ''] = /([\w-]+)\/\{id\}/.exec(operation.path) ?? [];
      faults.push(...(await refusals(oddRequests(document, operation, known[kind]), token, 'anything')));
    }
    expect(faults).toEqual([]);
  }, 300_000);

  it.each(Object.entries(STRANGERS))('asks for a token: %s', async (_, headers) => {
    const requests = operations
      .filter((it) => it.secured)
      .map((it) => plausible(document, it))
      .map((it) => ({ ...it, headers: { ...it.headers, ...headers } }));
    expect(await refusals(requests, undefined, [401])).toEqual([]);
  });

  it('knows nothing of the ids of another organization', async () => {
    const requests = operations
      .filter((it) => it.path.includes('{id}'))
      .flatMap((it) => foreign.map((id) => plausible(document, it, id)));
    expect(requests.length).toBeGreaterThan(100);
    expect(await refusals(requests, us.token)).toEqual([]);
    const reads = requests.filter((it) => it.method === 'GET' && !it.path.endsWith('/holidays'));
    expect(await refusals(reads, us.token, [404])).toEqual([]);
  }, 120_000);
});

describe('records that name others', () => {
  it('cannot name those of another organization', async () => {
    const bodies: [string, object][] = [
      [createServiceOrder.path, orderBody(theirs.customerId, ours.businessUnitId)],
      [createServiceOrder.path, orderBody(ours.customerId, theirs.businessUnitId)],
      [
        createWorkTeam.path,
        { providerId: theirs.providerId, businessUnitId: ours.businessUnitId, name: 'Mixed' },
      ],
      [
        createWorkTeam.path,
        { providerId: ours.providerId, businessUnitId: theirs.businessUnitId, name: 'Mixed' },
      ],
      [holdSlot.path, { serviceOrderId: theirs.order.id, startsAt: theirs.order.earliestStart }],
      [
        holdSlot.path,
        {
          serviceOrderId: ours.order.id,
          startsAt: ours.order.earliestStart,
          technicianId: theirs.technicianId,
        },
      ],
    ];
    const requests = bodies.map(([path, body], index) => ({
      what: `foreign reference ${index}`,
      method: 'POST',
      path: `/api/v1${path}`,
      headers: { 'idempotency-key': globalThis.crypto.randomUUID() },
      body: JSON.stringify(body),
    }));
    expect(await refusals(requests, us.token, [400, 404, 409])).toEqual([]);
  });
});

describe('what is no endpoint', () => {
  it('is answered with 404 or 405', async () => {
    const unknown = [
      '/api/v1',
      '/api/v1/',
      '/api/v1/nothing',
      '/api/v2/users/me',
      '/api/v1/users/me/',
      '/api/v1//users/me',
    ];
    const requests = unknown.flatMap((path) =>
      ['GET', 'POST'].map((method) => ({ what: 'unknown', path, method })),
    );
    expect(await refusals(requests, us.token, [404])).toEqual([]);
    const wrong = operations.map((it) => ({
      what: 'wrong method',
      path: it.path.replaceAll(/\{\w+\}/g, us.userId),
      method: 'PURGE',
    }));
    expect(await refusals(wrong, us.token, [400, 404, 405])).toEqual([]);
  });
});
