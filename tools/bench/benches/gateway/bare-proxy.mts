import { createProxyMiddleware } from 'http-proxy-middleware';
import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** http-proxy-middleware and nothing else: connections to the service stay open, no option that costs something. */
const proxy = createProxyMiddleware({
  target: process.env['UPSTREAM_URL'],
  agent: new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }),
});

const server = createServer((request, response) => {
  void proxy(request, response);
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6 });
});
process.once('disconnect', () => process.exit());
