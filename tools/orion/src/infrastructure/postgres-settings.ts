/** `durable` keeps what it has promised through a crash; `throwaway` is for tests. */
export type Durability = 'durable' | 'throwaway';

const TUNING = { shared_buffers: '256MB', timezone: 'UTC' } as const;

const PRIVATE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_destination: 'stderr',
  logging_collector: 'off',
} as const;

/**
 * Sessions a server lets in. The platform's own need stands in libs/platform/database/src/connection-budget.ts;
 * the rest is room for tools and people. Test runs open many services and clones side by side.
 */
export const MAX_CONNECTIONS: Record<Durability, number> = { durable: 120, throwaway: 300 };

const UNSAFE_BUT_FAST = { fsync: 'off', full_page_writes: 'off' } as const;

/** Arguments that tune the server, wherever it runs. */
export function tuningArguments(durability: Durability): string[] {
  return asArguments({
    ...TUNING,
    max_connections: String(MAX_CONNECTIONS[durability]),
    ...(durability === 'throwaway' ? UNSAFE_BUT_FAST : {}),
  });
}

/** Arguments of a server program of this machine. */
export const postgresArguments = (dataFolder: string, port: number, durability: Durability): string[] => [
  '-D',
  dataFolder,
  ...asArguments({ ...PRIVATE, port: String(port) }),
  ...tuningArguments(durability),
];

const asArguments = (settings: Record<string, string>): string[] =>
  Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
