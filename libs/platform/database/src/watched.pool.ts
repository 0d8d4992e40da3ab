import { Pool, type PoolConfig } from 'pg';
import { type Watch, WatchedClient } from './watched.client';

/** The pool makes no others. */
const watched = (client: unknown): WatchedClient => client as WatchedClient;

/**
 * When one connection has fallen silent, those that lie idle have most likely gone the same way; each of them
 * would cost its next user a whole timeout. So the idle ones are left with it: new ones take milliseconds.
 */
export class WatchedPool extends Pool {
  private readonly idle = new Set<WatchedClient>();

  constructor(config: PoolConfig) {
    super({ ...config, Client: WatchedClient as unknown as PoolConfig['Client'] });
    Object.assign(this.options, { onSilence: () => this.leaveIdle() } satisfies Watch);
    this.on('release', (_error, client) => this.idle.add(watched(client)));
    this.on('acquire', (client) => this.idle.delete(watched(client)));
    this.on('remove', (client) => this.idle.delete(watched(client)));
  }

  private leaveIdle(): void {
    for (const client of [...this.idle]) {
      // The pool removes an idle connection at its error; its close would come too late for the next user.
      client.emit('error', new Error('Connection left: others of its pool had fallen silent'));
      client.leave();
    }
  }
}
