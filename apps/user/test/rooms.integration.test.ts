import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpointsWithId, roomOf, strangersView, type TestService } from '@orion/testing';
import { INPUTS, ROOMS } from './support/rooms';
import { startService } from './support/service';

const ENDPOINTS = endpointsWithId('user');

describe('a row of another organization', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('can be made for every endpoint that takes an id', () => {
    expect(Object.keys(ROOMS)).toEqual(expect.arrayContaining(ENDPOINTS.map(roomOf)));
  });

  it.each(ENDPOINTS.map((it) => [it.id, it] as const))('is as good as missing to %s', async (_, endpoint) => {
    const { foreign, missing } = await strangersView(service, endpoint, { rooms: ROOMS, inputs: INPUTS });
    expect(missing).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(foreign).toEqual(missing);
  });
});
