import { createRequire } from 'node:module';

/**
 * Two copies of amqplib side by side would not know each other's errors and channels.
 * @throws Error where the packages that use it resolve to different copies
 */
export function assertOneAmqplib(): void {
  const own = createRequire(__filename);
  const users = ['@golevelup/nestjs-rabbitmq', 'amqp-connection-manager', '@nestjs/microservices'];
  const copies = new Set(users.map((user) => createRequire(own.resolve(user)).resolve('amqplib')));
  copies.add(own.resolve('amqplib'));
  if (copies.size > 1) throw new Error(`more than one amqplib is installed: ${[...copies].join(', ')}`);
}
