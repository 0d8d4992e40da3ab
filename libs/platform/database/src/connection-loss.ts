import { databaseProblem } from '@orion/problem';

type Bag = Record<string, unknown>;

const bag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});

/** As Prisma's driver adapter names them. */
const KINDS = new Set<unknown>([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
]);

/** What pg throws without any code. */
const TEXTS = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
  'Query read timeout',
];

/** The database cannot be reached, or was lost on the way; whether a commit took effect is then unknown. */
export function isConnectionLoss(error: unknown): boolean {
  const { meta, cause, message } = bag(error);
  const kinds = [bag(cause)['kind'], bag(bag(bag(meta)['driverAdapterError'])['cause'])['kind']];
  if (kinds.some((it) => KINDS.has(it))) return true;
  if (typeof message === 'string' && TEXTS.some((it) => message.includes(it))) return true;
  return databaseProblem(error) === 'UPSTREAM_UNAVAILABLE';
}
