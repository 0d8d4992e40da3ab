export interface Addresses {
  /** Logs in as a superuser. */
  postgresUrl: string;
  rabbitmqUrl: string;
  redisUrl: string;
}

export const postgresUrl = (port: number, password: string, host = '127.0.0.1'): string =>
  `postgresql://postgres:${encodeURIComponent(password)}@${host}:${port}/postgres`;

export const rabbitmqUrl = (port: number, user: string, password: string, host = '127.0.0.1'): string =>
  `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`;

export const redisUrl = (port: number, password: string, host = '127.0.0.1'): string =>
  `redis://:${encodeURIComponent(password)}@${host}:${port}`;

/** An address without its password, for people. */
export function withoutPassword(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
