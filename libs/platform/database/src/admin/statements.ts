import { Client } from 'pg';

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** @throws Error for a text that PostgreSQL cannot hold, and that would end the message it stands in */
export function literal(value: string): string {
  if (value.includes('\0')) throw new Error('a text for PostgreSQL cannot contain NUL');
  return `'${value.replaceAll("'", "''")}'`;
}

/** Runs `work` on one connection of its own and closes it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'orion-admin',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs `work` while this session alone holds the advisory lock `name` of that database. */
export async function withAdvisoryLock<T>(client: Client, name: string, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }
}

/** The same server, another database and login. */
export function urlFor(adminUrl: string, database: string, user?: string, password?: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) {
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password ?? '');
  }
  return url.toString();
}
