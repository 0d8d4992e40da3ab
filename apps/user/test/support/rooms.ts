import { randomUUID } from 'node:crypto';
import { createTeam, invite, provisionAccount } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { type RoomInputs, type RoomRow, type Rooms, testAdmin } from '@orion/testing';

type Account = { userId: string; organizationId: string };

const ofAccount =
  (idOf: (account: Account) => string): Rooms[string] =>
  async ({ app }): Promise<RoomRow> => {
    const userId = randomUUID();
    const ask = { userId, email: `${userId}@example.org`, name: 'Bob', organizationName: 'Bob & Co' };
    const account = await app.get(Questions).ask(provisionAccount, ask);
    return { id: idOf(account), admin: { ...testAdmin(account.organizationId), userId } };
  };

/** How the tests of user come by a row of each room. */
export const ROOMS: Rooms = {
  organizations: ofAccount(({ organizationId }) => organizationId),
  users: ofAccount(({ userId }) => userId),
  invitations: async (service) => {
    const { admin } = await ofAccount(({ organizationId }) => organizationId)(service);
    const body = { email: `${randomUUID()}@example.org`, roles: ['viewer' as const] };
    return { id: (await service.call(invite, { body }, { as: admin })).id, admin };
  },
  teams: async (service) => {
    const { admin } = await ofAccount(({ organizationId }) => organizationId)(service);
    const params = { id: admin.organizationId };
    const team = await service.call(createTeam, { params, body: { name: 'Night shift' } }, { as: admin });
    return { id: team.id, admin };
  },
};

/** What an endpoint has to be sent beside the id, so that nothing but the id can be wrong. */
export const INPUTS: RoomInputs = {
  'members.add': { body: { email: 'somebody@example.org', roles: ['viewer'] } },
  'members.change-roles': { body: { roles: ['viewer'] } },
  'organizations.transfer': { body: { userId: '0193b3a0-0000-7000-8000-00000000dead' } },
  'organizations.create-team': { body: { name: 'Mine' } },
  'teams.add-member': { body: { userId: '0193b3a0-0000-7000-8000-00000000dead' } },
  'teams.remove-member': { body: { userId: '0193b3a0-0000-7000-8000-00000000dead' } },
  'members.assign-role': { body: { role: 'viewer' } },
  'members.revoke-role': { body: { role: 'viewer' } },
};
