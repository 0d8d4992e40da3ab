import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';

/** A name server that knows the texts it is told and nothing else. */
export class NameServer {
  readonly texts = new Map<string, string[]>();

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {}

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const server = new NameServer(socket, `127.0.0.1:${socket.address().port}`);
    socket.on('message', (message, from) => {
      const { id, questions = [] } = decode(message);
      const name = questions[0]?.name ?? '';
      const texts = server.texts.get(name) ?? [];
      const answers = texts.map((data) => ({ type: 'TXT' as const, name, ttl: 1, data }));
      const answer = encode({ type: 'response', id: id ?? 0, flags: RECURSION_DESIRED, questions, answers });
      socket.send(answer, from.port, from.address);
    });
    return server;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}
