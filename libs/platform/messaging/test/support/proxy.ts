import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between the tests and a server, so that its connections can be cut and it can seem away. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private readonly target: URL;
  private server: Server | undefined;
  private port = 0;

  constructor(url: string) {
    this.target = new URL(url);
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.toString();
  }

  async up(): Promise<void> {
    const server = createServer((socket) => this.join(socket));
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async down(): Promise<void> {
    const closed = new Promise((done) => this.server?.close(done) ?? done(undefined));
    this.cut();
    await closed;
    this.server = undefined;
  }

  get open(): number {
    return this.sockets.size;
  }

  private join(socket: Socket): void {
    const server = connect(Number(this.target.port || 5672), this.target.hostname);
    for (const [from, to] of [
      [socket, server],
      [server, socket],
    ] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
