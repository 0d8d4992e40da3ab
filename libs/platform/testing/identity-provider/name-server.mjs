import { createSocket } from 'node:dgram';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';

/** Answers on UDP with the texts of `texts` (by name) and knows nothing else. */
export function nameServer(port, texts) {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id, questions } = decode(message);
    const [{ name = '' } = {}] = questions;
    const answers = (texts.get(name) ?? []).map((data) => ({ type: 'TXT', name, ttl: 1, data }));
    const answer = encode({ type: 'response', id, flags: RECURSION_DESIRED, questions, answers });
    socket.send(answer, from.port, from.address);
  });
  socket.bind(port, '127.0.0.1');
  return socket;
}
