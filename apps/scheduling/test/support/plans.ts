import type { TestService } from '@orion/testing';
import { Client } from 'pg';

/** The server's administrator on the test's database. */
export function adminUrl(service: TestService): string {
  const url = new URL(process.env['ORION_POSTGRES_URL'] ?? '');
  url.pathname = new URL(service.database.url).pathname;
  return url.href;
}

/** Runs statements as the application's role, in an organization, and tells the plan PostgreSQL chose for each. */
export async function plansOf(
  service: TestService,
  organizationId: string,
  statements: readonly { query: string; params: unknown[] }[],
): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl(service) });
  const plans: string[] = [];
  await client.connect();
  try {
    await client.query("LOAD 'auto_explain'");
    await client.query(
      'SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET client_min_messages = log',
    );
    await client.query(`SET ROLE "${new URL(service.database.url).username}"`);
    await client.query("SELECT set_config('orion.organization_id', $1, false)", [organizationId]);
    client.on('notice', (notice) => plans.push(notice.message ?? ''));
    for (const { query, params } of statements) await client.query(query, params);
    return plans.filter((plan) => plan.includes('plan:'));
  } finally {
    await client.end();
  }
}

interface Heard {
  query: string;
  params: string;
}

export interface Listening {
  $on(event: 'query', heard: (event: Heard) => void): void;
}

const sinks = new WeakMap<Listening, Heard[]>();

/** What the client has sent since the last time, heard through one listener. */
function take(client: Listening): Heard[] {
  const known = sinks.get(client);
  if (known) return known.splice(0);
  const heard: Heard[] = [];
  sinks.set(client, heard);
  client.$on('query', (event) => heard.push(event));
  return [];
}

/** Statements Prisma sends while `work` runs, without the transaction's own. */
export async function statementsOf(
  client: Listening,
  work: () => Promise<unknown>,
): Promise<{ query: string; params: unknown[] }[]> {
  take(client);
  await work();
  return take(client)
    .filter(({ query }) => /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/.test(query) && !query.includes('set_config'))
    .map(({ query, params }) => ({ query, params: JSON.parse(params) as unknown[] }));
}
