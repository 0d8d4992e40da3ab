import { ApiProblem } from '@orion/client';
import { addMember, login, register } from '@orion/contracts';
import { type Login, persistentClient } from '@orion/access';

/** Public by design: the demo organization is for looking around, never for real data. */
const PASSWORD = 'field-service-demo';

export const LOGINS = [
  { role: 'admin', name: 'Ada Admin', email: 'admin@demo.orion.example', password: PASSWORD },
  { role: 'operator', name: 'Omar Operator', email: 'operator@demo.orion.example', password: PASSWORD },
  { role: 'viewer', name: 'Vera Viewer', email: 'viewer@demo.orion.example', password: PASSWORD },
] as const;

/** Of every demo login. */
export const DEMO_DOMAIN = 'demo.orion.example';

const ORGANIZATION = 'Orion Demo';

/** Accounts and the demo organization; answers with the admin's sign-in for that organization. */
export async function openDemo(url: string): Promise<Login> {
  const anybody = persistentClient(url, null);
  for (const { role, name, email, password } of LOGINS) {
    const organizationName = role === 'admin' ? ORGANIZATION : `${name}’s own`;
    await anybody
      .call(register, { body: { email, password, name, organizationName, termsAccepted: true } })
      .catch(ignore('EMAIL_TAKEN'));
  }
  const { email, password } = LOGINS[0];
  const { organizationId } = await anybody.call(login, { body: { email, password } });
  const admin = { email, password, organizationId };
  const client = persistentClient(url, admin);
  for (const it of LOGINS.slice(1)) {
    const input = { params: { id: organizationId }, body: { email: it.email, roles: [it.role] } };
    await client.call(addMember, input).catch(ignore('MEMBER_EXISTS'));
  }
  return admin;
}

const ignore = (code: string) => (error: unknown) => {
  if (!(error instanceof ApiProblem && error.problem.code === code)) throw error;
};
