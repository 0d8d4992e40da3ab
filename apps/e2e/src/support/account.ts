import { type Client, createClient } from '@orion/client';
import { login, register } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { platformUrl } from './platform';

export interface Account {
  email: string;
  password: string;
  userId: string;
  organizationId: string;
  token: string;
  client: Client;
}

const PASSWORD = 'a long enough password';
const PATIENCE_MS = 20_000;

export const anonymous = createClient({ baseUrl: platformUrl, patienceMs: PATIENCE_MS });

const clientOf = (token: string): Client =>
  createClient({ baseUrl: platformUrl, token: () => token, patienceMs: PATIENCE_MS });

export async function signIn(email: string, password: string, organizationId?: string): Promise<Account> {
  const tokens = await anonymous.call(login, {
    body: { email, password, ...(organizationId ? { organizationId } : {}) },
  });
  return {
    email,
    password,
    userId: tokens.userId,
    organizationId: tokens.organizationId,
    token: tokens.accessToken,
    client: clientOf(tokens.accessToken),
  };
}

/** Somebody new, signed in as the admin of an organization of their own. */
export async function newAccount(name: string): Promise<Account> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${randomUUID().slice(0, 8)}@e2e.example`;
  await anonymous.call(register, {
    body: { email, password: PASSWORD, name, organizationName: `${name} Services`, termsAccepted: true },
  });
  return signIn(email, PASSWORD);
}
