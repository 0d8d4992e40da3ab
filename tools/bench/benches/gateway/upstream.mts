import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that costs next to nothing: every request gets the same 1 KiB of JSON. */
const BYTES = 1024;
const envelope = JSON.stringify({ text: '' }).length;
const body = Buffer.from(JSON.stringify({ text: 'orion '.repeat(BYTES).slice(0, BYTES - envelope) }));
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };

const server = createServer((_request, response) => {
  response.writeHead(200, headers).end(body);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());
