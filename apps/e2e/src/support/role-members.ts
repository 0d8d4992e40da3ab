import { addMember, SEEDED_ROLES, type SeededRole } from '@orion/contracts';
import { type Account, newAccount, signIn } from './account';
import { eventually } from './eventually';

/** Somebody who holds just this role in the admin's organization. */
async function memberWith(role: SeededRole, { client, organizationId }: Account): Promise<Account> {
  const { email, password } = await newAccount(`Role ${role.name}`);
  await client.call(addMember, { params: { id: organizationId }, body: { email, roles: [role.id] } });
  return eventually(() => signIn(email, password, organizationId));
}

/** One organization with a holder of each seeded role, by role. */
export async function roleMembers(): Promise<ReadonlyMap<string, Account>> {
  const admin = await newAccount('Role Walk');
  const members = new Map([['admin', admin]]);
  for (const role of SEEDED_ROLES)
    if (role.id !== 'admin') members.set(role.id, await memberWith(role, admin));
  return members;
}
