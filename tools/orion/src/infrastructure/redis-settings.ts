import type { Durability } from './postgres-settings';

/** Configuration file of a private Redis. */
export function redisConfiguration(
  port: number,
  password: string,
  folder: string,
  durability: Durability,
): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${folder}"`,
    'daemonize no',
    'save ""',
    `appendonly ${durability === 'durable' ? 'yes' : 'no'}`,
    'appendfsync everysec',
    '',
  ].join('\n');
}
