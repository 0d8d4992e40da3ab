import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections on which nothing was asked yet, such as those browsers open in advance. Node takes them for busy, so
 * a server that closes would wait for them until their header timeout.
 * @returns closes them, and from then on every new one at once
 */
export function watchSilentConnections(server: Server): () => void {
  const silent = new Set<Socket>();
  let closing = false;
  server.on('connection', (socket: Socket) => {
    if (closing) {
      socket.destroy();
      return;
    }
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  return () => {
    closing = true;
    for (const socket of silent) socket.destroy();
  };
}
