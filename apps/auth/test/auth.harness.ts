import { login, register, type Reply } from '@orion/contracts';
import { type Client, createClient } from '@orion/client';
import { Database } from '@orion/database';
import { testNamespace, type TestService } from '@orion/testing';
import { Client as Postgres } from 'pg';
import type { PrismaClient } from '../src/generated/prisma/client';
import { startService } from './support/service';
import { UserStandIn } from './user.stand-in';

export const PASSWORD = 'correct horse battery';

export interface AuthHarness {
  service: TestService;
  user: UserStandIn;
  database: Database<PrismaClient>;
  /** Calls as the bearer of a token, or as nobody. */
  as(token?: string): Client;
  /** As the owner of the tables sees them, row-level security aside. */
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Registers somebody new and signs them in. */
  member(email?: string): Promise<Reply<typeof login>>;
  close(): Promise<void>;
}

let people = 0;
export const someEmail = (): string => `person-${process.pid}-${(people += 1)}@example.org`;

export const registration = (email: string, password = PASSWORD) => ({
  body: { email, password, name: 'Ada', organizationName: 'Ada & Co', termsAccepted: true as const },
});

export async function startAuth(env: Record<string, string> = {}): Promise<AuthHarness> {
  const namespace = testNamespace();
  const user = await UserStandIn.start(namespace);
  const service = await startService(env, namespace);
  const admin = new URL(process.env['ORION_POSTGRES_URL'] ?? '');
  admin.pathname = service.database.database;
  const postgres = new Postgres({ connectionString: admin.href });
  await postgres.connect();
  const as = (token?: string) => createClient({ baseUrl: service.url, token: () => token });
  return {
    service,
    user,
    database: service.app.get<Database<PrismaClient>>(Database),
    as,
    sql: async (text, values) => (await postgres.query(text, values)).rows,
    async member(email = someEmail()) {
      await as().call(register, registration(email));
      return as().call(login, { body: { email, password: PASSWORD } });
    },
    async close() {
      await postgres.end();
      await service.close();
      await user.close();
    },
  };
}
