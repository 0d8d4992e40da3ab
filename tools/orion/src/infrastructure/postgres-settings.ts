/** `durable` keeps what it has promised through a crash; `throwaway` is for tests. */
export type Durability = 'durable' | 'throwaway';

const COMMON = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  log_destination: 'stderr',
  logging_collector: 'off',
  timezone: 'UTC',
} as const;

/**
 * Sessions a server lets in. The platform's own need stands in libs/platform/database/src/connection-budget.ts;
 * the rest is room for tools and people. Test runs open many services and clones side by side.
 */
export const MAX_CONNECTIONS: Record<Durability, number> = { durable: 120, throwaway: 300 };

const UNSAFE_BUT_FAST = { fsync: 'off', full_page_writes: 'off' } as const;

/** Arguments of the server program. */
export function postgresArguments(dataFolder: string, port: number, durability: Durability): string[] {
  const settings = {
    ...COMMON,
    port: String(port),
    max_connections: String(MAX_CONNECTIONS[durability]),
    ...(durability === 'throwaway' ? UNSAFE_BUT_FAST : {}),
  };
  return ['-D', dataFolder, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}
