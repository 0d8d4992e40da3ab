import { expect, it } from '@jest/globals';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dropWhenStuck } from '../src/routing/stuck-listener.http';

const PATIENCE_MS = 300;

async function serve(handle: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => handle(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  return {
    socket,
    close() {
      socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

it('drops a listener that stops reading, and keeps nothing for it', async () => {
  let dropped: (() => void) | undefined;
  const gone = new Promise<void>((resolve) => (dropped = resolve));
  const it = await serve((response) => {
    dropWhenStuck(response, PATIENCE_MS);
    response.once('close', () => dropped?.());
    const fill = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      response.once('drain', fill);
    };
    fill();
  });
  it.socket.pause();
  const begun = performance.now();
  await gone;
  expect(performance.now() - begun).toBeGreaterThanOrEqual(PATIENCE_MS);
  it.close();
});

it('leaves a listener alone that reads', async () => {
  let closed = false;
  const it = await serve((response) => {
    dropWhenStuck(response, PATIENCE_MS);
    response.once('close', () => (closed = true));
    setInterval(() => response.write('x'.repeat(1_000)), 50).unref();
  });
  it.socket.resume();
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS * 3));
  expect(closed).toBe(false);
  it.close();
});
