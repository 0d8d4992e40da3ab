import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

const A = 1;
const NO_SUCH_NAME = 3;

export interface NameServer {
  address: string;
  close(): Promise<void>;
}

/** End of the question section of a query with one question. */
function endOfQuestion(query: Buffer): number {
  let at = 12;
  while (query[at]) at += (query[at] ?? 0) + 1;
  return at + 5;
}

/** Only addresses of version 4 are known; a question for others has an empty answer. */
function reply(query: Buffer, resolve: () => string[] | undefined): Buffer {
  const end = endOfQuestion(query);
  const addresses = query.readUInt16BE(end - 4) === A ? resolve() : [];
  const answers = (addresses ?? []).map((address) =>
    Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
  );
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(addresses ? 0x8180 : 0x8180 | NO_SUCH_NAME, 2);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  return Buffer.concat([header, query.subarray(12, end), ...answers]);
}

const nameOf = (query: Buffer): string => {
  const labels: string[] = [];
  for (let at = 12; query[at]; at += (query[at] ?? 0) + 1) {
    labels.push(query.subarray(at + 1, at + 1 + (query[at] ?? 0)).toString());
  }
  return labels.join('.');
};

/** A DNS server over UDP with IPv4 addresses that live for no second; a name without answer does not exist. */
export async function startNameServer(resolve: (name: string) => string[] | undefined): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const name = nameOf(query);
    if (name !== 'silent.example')
      socket.send(
        reply(query, () => resolve(name)),
        from.port,
        from.address,
      );
  });
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => socket.close(() => closed())),
  };
}
