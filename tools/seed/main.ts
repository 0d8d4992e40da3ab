import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countServiceOrders } from '@orion/contracts';
import { inParallel, persistentClient, stateFolder } from '@orion/access';
import { demoOrders } from './demo-data';
import { hire } from './crew';
import { DEMO_DOMAIN, LOGINS, openDemo } from './logins';
import { place } from './orders';
import { signOnBy } from './single-sign-on';

const ORDERS = 150;

async function seed(url: string): Promise<void> {
  const admin = await openDemo(url);
  const client = persistentClient(url, admin);
  const { total } = await client.call(countServiceOrders, {});
  if (total < ORDERS) {
    const crew = await hire(client);
    let done = 0;
    await inParallel(4, demoOrders(ORDERS), async (order) => {
      await place(client, crew, order);
      done += 1;
      if (done % 30 === 0) console.log(`demo data: ${done}/${ORDERS} orders`);
    });
  }
  const provider = process.env['ORION_PROVIDER'];
  if (provider !== undefined) {
    await signOnBy(client, DEMO_DOMAIN, JSON.parse(provider) as Parameters<typeof signOnBy>[2]);
    console.log(`single sign-on: anybody@${DEMO_DOMAIN} at ${url}/sign-in/sso`);
  }
  mkdirSync(stateFolder(), { recursive: true });
  writeFileSync(join(stateFolder(), 'demo-logins.json'), JSON.stringify(LOGINS, null, 2), { mode: 0o600 });
  console.log(`demo data: ${Math.max(total, ORDERS)} orders`);
}

seed(process.env['ORION_URL'] ?? 'http://localhost:3000').catch((error: unknown) => {
  console.error(`The demo data could not be made: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
