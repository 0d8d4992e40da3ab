import { randomUUID } from 'node:crypto';
import { login, membershipChanged, type Reply } from '@orion/contracts';
import { MembershipConsumer } from '../src/memberships/membership.consumer';
import { type AuthHarness, PASSWORD, someEmail } from './auth.harness';

export type Signed = Reply<typeof login>;

/** Somebody who holds these roles in an organization, signed in to it. */
export async function joining(
  auth: AuthHarness,
  { organizationId }: Signed,
  roles: string[],
): Promise<Signed> {
  const email = someEmail();
  const { userId } = await auth.member(email);
  await auth.sql(
    `INSERT INTO membership (id, organization_id, user_id, roles, active, joined_at, sequence)
     VALUES ($1, $2, $3, $4, true, now(), 1)`,
    [randomUUID(), organizationId, userId, roles],
  );
  return auth.as().call(login, { body: { email, password: PASSWORD, organizationId } });
}

/** What user tells of a membership, as its consumers hear it. */
export async function membershipIs(
  auth: AuthHarness,
  { organizationId, userId }: Signed,
  state: { roles: string[]; active?: boolean; suspended?: boolean },
): Promise<void> {
  const [held] = await auth.sql<{ id: string; sequence: number }>(
    'SELECT id, sequence FROM membership WHERE organization_id = $1 AND user_id = $2',
    [organizationId, userId],
  );
  const data = {
    membershipId: held?.id,
    organizationId,
    userId,
    email: 'a@b.example',
    active: true,
    ...state,
  };
  const event = {
    type: membershipChanged.type,
    sequence: (held?.sequence ?? 0) + 1,
    data: { ...data, joinedAt: new Date().toISOString() },
  };
  const consumer = auth.service.app.get(MembershipConsumer, { strict: false });
  await auth.database.tenant(organizationId, (tx) => consumer.handle(tx, event as never));
}
