import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is done with the bytes of one connection. */
export interface Passage {
  /** Bytes of the client; they are passed on where this answers true. */
  outward?(bytes: Buffer): boolean;
  /** Bytes of the server; they are passed on where this answers true. */
  inward?(bytes: Buffer): boolean;
  /** Whether one end hears that the other has closed; where left out, it does. */
  tellsClose?(): boolean;
}

export interface Wire {
  port: number;
  /** The address, by way of this wire. */
  through(url: string): string;
  close(): Promise<void>;
}

/** Stands between clients and a server, and may keep, cut or lose what passes. */
export async function startWire(
  target: string,
  passageOf: (ends: { client: Socket; server: Socket }) => Passage,
): Promise<Wire> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(Number(targetPort), hostname);
    const passage = passageOf({ client, server });
    const join = (from: Socket, to: Socket, passes: ((bytes: Buffer) => boolean) | undefined) => {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        if ((passes?.(bytes) ?? true) && to.writable) to.write(bytes);
      });
      from.on('close', () => {
        sockets.delete(from);
        if (passage.tellsClose?.() ?? true) to.destroy();
      });
    };
    join(client, server, passage.outward?.bind(passage));
    join(server, client, passage.inward?.bind(passage));
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', () => done()));
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    through: (url) => {
      const address = new URL(url);
      address.hostname = '127.0.0.1';
      address.port = String(port);
      return address.toString();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => listener.close(() => done()));
    },
  };
}
