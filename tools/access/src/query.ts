import { Client } from 'pg';

export type Row = Record<string, unknown>;
export type Query = (text: string, values?: unknown[]) => Promise<Row[]>;

/** Reads over one connection; meant for the role `orion_audit`, which sees everything and can change nothing. */
export async function reading<T>(url: string, read: (query: Query) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await read(async (text, values) => (await client.query<Row>(text, values)).rows);
  } finally {
    await client.end();
  }
}

export const queryRows = (url: string, text: string, values?: unknown[]): Promise<Row[]> =>
  reading(url, (query) => query(text, values));
