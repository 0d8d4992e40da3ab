import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addMember,
  addTeamMember,
  changeTeam,
  createTeam,
  deleteTeam,
  listTeamMembers,
  listTeams,
  readTeam,
  removeTeamMember,
  removeUser,
} from '@orion/contracts';
import { codeOf, problemOf, publishedBy } from '@orion/testing';
import { startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

async function company() {
  const [ada, bob] = [await user.account(), await user.account('Bob')];
  const params = { id: ada.organizationId };
  await user.as(ada).call(addMember, { params, body: { email: bob.email, roles: ['viewer'] } });
  const create = (name: string) => user.as(ada).call(createTeam, { params, body: { name } });
  return { ada, bob, params, create };
}

describe('a team', () => {
  it('is created, renamed, listed and deleted', async () => {
    const { ada, params, create } = await company();
    const [north, south] = [await create('North'), await create('South')];
    expect(north).toMatchObject({ name: 'North', description: '', memberCount: 0 });
    const body = { name: 'Far north', description: 'Above Lyon' };
    const renamed = await user.as(ada).call(changeTeam, { params: { id: north.id }, body });
    expect(await user.as(ada).call(readTeam, { params: { id: north.id } })).toEqual(renamed);
    const list = (query: object) => user.as(ada).call(listTeams, { params, query });
    const first = await list({ limit: 1 });
    expect(first.items).toEqual([south]);
    expect(await list({ limit: 1, cursor: first.nextCursor })).toEqual({
      items: [renamed],
      nextCursor: null,
    });
    await user.as(ada).call(deleteTeam, { params: { id: south.id } });
    expect(await codeOf(user.as(ada).call(readTeam, { params: { id: south.id } }))).toBe('NOT_FOUND');
    const told = (await publishedBy(user.service, north.id)).map((it) => it.data);
    expect(told).toMatchObject([{ name: 'North' }, { name: 'Far north', active: true }]);
    expect((await publishedBy(user.service, south.id)).at(-1)?.data).toMatchObject({ active: false });
  });

  it('bears a name of its own, in any case', async () => {
    const { ada, create } = await company();
    const { id } = await create('North');
    const taken = { code: 'TEAM_NAME_TAKEN', errors: [{ field: 'body.name' }] };
    expect(await problemOf(create('NORTH'))).toMatchObject(taken);
    const south = await create('South');
    const rename = (team: string, name: string) =>
      user.as(ada).call(changeTeam, { params: { id: team }, body: { name } });
    expect(await problemOf(rename(south.id, 'north'))).toMatchObject(taken);
    await rename(id, 'NORTH');
    await (await company()).create('North');
  });

  it('has members of the organization, as long as they are', async () => {
    const { ada, bob, create } = await company();
    const params = { id: (await create('North')).id };
    const join = (userId: string) => user.as(ada).call(addTeamMember, { params, body: { userId } });
    const members = async (query = {}) => user.as(ada).call(listTeamMembers, { params, query });
    await join(bob.userId);
    expect(await join(bob.userId)).toMatchObject({ memberCount: 1 });
    expect(await join(ada.userId)).toMatchObject({ memberCount: 2 });
    const first = await members({ limit: 1 });
    const rest = await members({ limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map((it) => it.userId)).toEqual([ada.userId, bob.userId].sort());
    const eve = await user.account('Eve');
    for (const id of [eve.userId, randomUUID()]) expect(await codeOf(join(id))).toBe('NOT_FOUND');
    await user.as(ada).call(removeUser, { params: { id: bob.userId } });
    expect((await members()).items).toMatchObject([{ userId: ada.userId, email: ada.email }]);
    const part = () => user.as(ada).call(removeTeamMember, { params, body: { userId: ada.userId } });
    expect(await part()).toMatchObject({ memberCount: 0 });
    expect(await part()).toMatchObject({ memberCount: 0 });
    const told = (await publishedBy(user.service, params.id)).map((it) => it.data);
    expect(told).toMatchObject([{}, { userIds: [bob.userId] }, {}, { userIds: [] }]);
  });

  it('that was removed from with its member does not get them back by itself', async () => {
    const { ada, bob, create } = await company();
    const params = { id: (await create('North')).id };
    await user.as(ada).call(addTeamMember, { params, body: { userId: bob.userId } });
    await user.as(ada).call(removeUser, { params: { id: bob.userId } });
    const back = { params: { id: ada.organizationId }, body: { email: bob.email, roles: ['viewer'] } };
    await user.as(ada).call(addMember, back);
    expect(await user.as(ada).call(readTeam, { params })).toMatchObject({ memberCount: 0 });
  });
});
