import { connect as connectRabbit } from 'amqplib';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { PlainFailure } from '../failure';
import { withoutPassword } from './addresses';
import type { Piece } from './finder';

const PATIENCE_MS = 3_000;

const WRONG_PASSWORD = '28P01';

/** Whether PostgreSQL lets the address in and answers a query. Throws when it refuses the password. */
export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== WRONG_PASSWORD) return false;
    throw new PlainFailure(
      `PostgreSQL at ${withoutPassword(url)} refuses the password: correct ORION_POSTGRES_URL, or delete this checkout’s data with npm run reset.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the broker lets the address in and opens a channel. */
export async function rabbitmqAnswers(url: string): Promise<boolean> {
  try {
    const connection = await connectRabbit(url, { timeout: PATIENCE_MS });
    connection.on('error', () => undefined);
    await (await connection.createChannel()).close();
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

/** Whether Redis has loaded its data and answers. */
export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** How to find out whether a piece answers at an address. */
export const ANSWERS: Record<Piece, (url: string) => Promise<boolean>> = {
  postgres: postgresAnswers,
  rabbitmq: rabbitmqAnswers,
  redis: redisAnswers,
};
