import { inParallel, runningPlatform } from '@orion/access';
import { createCustomer, SERVICES } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';
import { eventAudit, newOrganization, risenAgain } from './organization';

const CUSTOMERS = 400;
const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };

/** kill -9 of the broker while every service publishes. */
export const fault6: Fault = async (platform) => {
  const { id, client } = await newOrganization(platform, 'broker');
  const broker = platform.pids['rabbitmq'];
  if (!broker) throw new Error('the broker is not this checkout’s own, so it is not killed');
  const before = SERVICES.map((name) => platform.pids[name]);

  const writing = inParallel(
    8,
    Array.from({ length: CUSTOMERS }, (_, n) => n),
    async (n) => {
      await client.call(
        createCustomer,
        { body: { name: `Customer ${n}`, address: ADDRESS } },
        `fault-6-${n}`,
      );
    },
  );
  await sleep(1_000);
  process.kill(broker, 'SIGKILL');
  await risenAgain('rabbitmq', broker, runningPlatform);
  await writing;

  const { faults, events } = await eventAudit(platform, id, 120_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  const now = runningPlatform();
  const exited = SERVICES.filter((name, index) => now.pids[name] !== before[index]);
  if (exited.length > 0) throw new Error(`${exited.join(', ')} exited`);
  return `broker killed under ${CUSTOMERS} writes: ${events} events, each consumer took each of its own once; no service exited`;
};
