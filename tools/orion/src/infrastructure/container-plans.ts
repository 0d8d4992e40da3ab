import type { Piece } from './finder';
import { tuningArguments } from './postgres-settings';
import { BROKER_USER, IDLE_THREADS } from './rabbitmq-settings';

/** How a piece of infrastructure runs in a throwaway container of its official image. */
export interface ContainerPlan {
  /** The port it listens on inside. */
  port: number;
  environment: Record<string, string>;
  command: string[];
  /** What its log says, and how often, once it is ready. */
  ready: { line: RegExp; times: number };
}

export const containerPlans = (passwordOf: (piece: Piece) => string): Record<Piece, ContainerPlan> => ({
  postgres: {
    port: 5432,
    environment: { POSTGRES_PASSWORD: passwordOf('postgres'), POSTGRES_INITDB_ARGS: '--locale=C.UTF-8' },
    command: ['postgres', ...tuningArguments('throwaway')],
    // The image starts the server once to lay out the data and then again for good.
    ready: { line: /database system is ready to accept connections/, times: 2 },
  },
  rabbitmq: {
    port: 5672,
    environment: {
      RABBITMQ_DEFAULT_USER: BROKER_USER,
      RABBITMQ_DEFAULT_PASS: passwordOf('rabbitmq'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: IDLE_THREADS,
    },
    command: ['rabbitmq-server'],
    ready: { line: /Server startup complete/, times: 1 },
  },
  redis: {
    port: 6379,
    environment: {},
    command: ['redis-server', '--save', '', '--appendonly', 'no', '--requirepass', passwordOf('redis')],
    ready: { line: /Ready to accept connections/, times: 1 },
  },
});
