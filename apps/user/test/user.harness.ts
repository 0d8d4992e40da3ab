import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@orion/client';
import { permissionsOf, provisionAccount } from '@orion/contracts';
import { Database } from '@orion/database';
import { Questions } from '@orion/messaging';
import type { TestService } from '@orion/testing';
import { Client as Postgres } from 'pg';
import type { z } from 'zod';
import type { PrismaClient } from '../src/generated/prisma/client';
import { startService } from './support/service';

type Account = z.output<typeof provisionAccount.answer> & { email: string };

export interface UserHarness {
  service: TestService;
  database: Database<PrismaClient>;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  ask(
    question: Partial<z.input<typeof provisionAccount.ask>>,
  ): Promise<z.output<typeof provisionAccount.answer>>;
  /** Somebody new with an organization of their own. */
  account(name?: string): Promise<Account>;
  /** Calls as this person in this organization, holding these roles. */
  as(who: { userId: string; organizationId: string }, roles?: string[]): Client;
  close(): Promise<void>;
}

let people = 0;
export const someEmail = (): string => `person-${process.pid}-${(people += 1)}@example.org`;

export async function startUser(): Promise<UserHarness> {
  const service = await startService();
  const admin = new URL(process.env['ORION_POSTGRES_URL'] ?? '');
  admin.pathname = service.database.database;
  const postgres = new Postgres({ connectionString: admin.href });
  await postgres.connect();
  const ask: UserHarness['ask'] = (question) =>
    service.app.get(Questions).ask(provisionAccount, {
      userId: randomUUID(),
      email: someEmail(),
      name: 'Ada',
      organizationName: 'Ada & Co',
      ...question,
    });
  return {
    service,
    database: service.app.get<Database<PrismaClient>>(Database),
    sql: async (text, values) => (await postgres.query(text, values)).rows,
    ask,
    async account(name = 'Ada') {
      const email = someEmail();
      return { ...(await ask({ email, name })), email };
    },
    as: ({ userId, organizationId }, roles = ['admin']) => {
      const token = service.token({ userId, organizationId, permissions: permissionsOf(roles) });
      return createClient({ baseUrl: service.url, token: () => token });
    },
    async close() {
      await postgres.end();
      await service.close();
    },
  };
}
