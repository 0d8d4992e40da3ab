import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkPermission,
  type EventData,
  listRoles,
  login,
  membershipChanged,
  permissionSet,
  permissionsOf,
  ROLE_IDS,
  routingKey,
} from '@orion/contracts';
import { names, Questions } from '@orion/messaging';
import { permissionDigest } from '@orion/security';
import { codeOf, eventually, infrastructure } from '@orion/testing';
import { type ChannelModel, connect } from 'amqplib';
import { type AuthHarness, PASSWORD, someEmail, startAuth } from './auth.harness';

let auth: AuthHarness;
let broker: ChannelModel;
beforeAll(async () => {
  auth = await startAuth();
  broker = await connect(infrastructure().rabbitmq);
});
afterAll(async () => {
  await broker.close();
  await auth.close();
});

type Change = EventData<typeof membershipChanged>;

/** Puts the event on the bus as the relay of `user` does. */
async function publish(data: Change, sequence: number): Promise<string> {
  const channel = await broker.createConfirmChannel();
  const id = randomUUID();
  const envelope = {
    specversion: '1.0',
    id,
    source: '/orion/user',
    type: membershipChanged.type,
    time: new Date().toISOString(),
    subject: data.membershipId,
    datacontenttype: 'application/json',
    organizationid: data.organizationId,
    correlationid: randomUUID(),
    sequence,
    data,
  };
  channel.publish(
    names(auth.service.namespace).events,
    routingKey(membershipChanged.type),
    Buffer.from(JSON.stringify(envelope)),
    { messageId: id, contentType: 'application/cloudevents+json', persistent: true },
  );
  await channel.waitForConfirms();
  await channel.close();
  await eventually(async () =>
    expect(
      await auth.sql(
        `SELECT event_id FROM platform.inbox WHERE event_id = $1 AND consumer = 'auth.memberships'`,
        [id],
      ),
    ).toHaveLength(1),
  );
  return id;
}

const change = (userId: string, roles: string[], more: Partial<Change> = {}): Change => ({
  membershipId: randomUUID(),
  organizationId: randomUUID(),
  userId,
  email: 'somebody@example.org',
  roles,
  active: true,
  joinedAt: new Date().toISOString(),
  ...more,
});

const rolesOf = async (membershipId: string) => {
  const [row] = await auth.sql<{ roles: string[]; sequence: number }>(
    'SELECT roles, sequence FROM membership WHERE id = $1',
    [membershipId],
  );
  return row;
};

describe('auth.memberships', () => {
  it('lets somebody sign in to an organization they were added to', async () => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    const added = change(userId, ['operator']);
    await publish(added, 1);
    const body = { email, password: PASSWORD, organizationId: added.organizationId };
    const { accessToken } = await auth.as().call(login, { body });
    const query = { permission: 'booking.manage' } as const;
    expect((await auth.as(accessToken).call(checkPermission, { query })).granted).toBe(true);
  });

  it('ignores a state older than the one it holds', async () => {
    const state = change(randomUUID(), ['viewer']);
    await publish({ ...state, roles: ['admin'] }, 3);
    await publish(state, 2);
    expect(await rolesOf(state.membershipId)).toEqual({ roles: ['admin'], sequence: 3 });
    await publish(state, 4);
    expect(await rolesOf(state.membershipId)).toEqual({ roles: ['viewer'], sequence: 4 });
  });

  it('changes nothing when the event repeats what the registration brought', async () => {
    const { userId, organizationId } = await auth.member();
    const [held] = await auth.sql<{ id: string }>('SELECT id FROM membership WHERE user_id = $1', [userId]);
    const membershipId = held?.id ?? '';
    await publish(change(userId, ['viewer'], { membershipId, organizationId }), 1);
    expect(await rolesOf(membershipId)).toEqual({ roles: ['admin'], sequence: 1 });
  });
});

describe('roles', () => {
  it('are listed with what they grant to those who may see them', async () => {
    const { accessToken } = await auth.member();
    const { items } = await auth.as(accessToken).call(listRoles);
    expect(items.map((it) => it.id)).toEqual(ROLE_IDS);
    for (const { id, permissions } of items) expect([...permissions].sort()).toEqual(permissionsOf([id]));
  });

  it.each(ROLE_IDS)('are seen by %s exactly if the role grants it', async (role) => {
    const email = someEmail();
    const { userId } = await auth.member(email);
    await auth.sql('UPDATE membership SET roles = $2 WHERE user_id = $1', [userId, [role]]);
    const { accessToken } = await auth.as().call(login, { body: { email, password: PASSWORD } });
    const call = auth.as(accessToken).call(listRoles);
    if (permissionsOf([role]).includes('role.view')) await call;
    else expect(await codeOf(call)).toBe('FORBIDDEN');
  });

  it('are not shown without a token', async () => {
    expect(await codeOf(auth.as().call(listRoles))).toBe('UNAUTHENTICATED');
  });
});

describe('the question auth.permission-set', () => {
  const ask = (digest: string) => auth.service.app.get(Questions).ask(permissionSet, { digest });

  it('is answered with the permissions behind a minted digest', async () => {
    await auth.member();
    const permissions = permissionsOf(['admin']);
    expect(await ask(permissionDigest(permissions))).toEqual({ permissions });
  });

  it('is answered with null for a digest nobody minted', async () => {
    expect(await ask(permissionDigest(['made.up']))).toEqual({ permissions: null });
  });
});
