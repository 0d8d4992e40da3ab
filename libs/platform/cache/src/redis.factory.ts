import { Redis } from 'ioredis';

/** Milliseconds; a cache that does not answer by then counts as absent. */
const TIMEOUT_MS = 500;

/**
 * A connection that never makes a request wait: commands fail at once while Redis is away, reconnecting goes on for
 * ever in the background.
 */
export function createRedis(url: string, keyPrefix: string): Redis {
  return new Redis(url, {
    keyPrefix,
    connectTimeout: 2_000,
    commandTimeout: TIMEOUT_MS,
    disconnectTimeout: TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
}
