import { createClient } from '@orion/client';
import { createCustomer, login } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Organization } from './organization';

const LANES = 2;
const PAUSE_MS = 100;
const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };

export interface Writes {
  answered: number;
  slowestMs: number;
}

/** Writes customers for so long, each with one attempt and no patience. @throws the first refusal */
export async function singleWrites(url: string, { who }: Organization, forMs: number): Promise<Writes> {
  const { accessToken } = await createClient({ baseUrl: url }).call(login, { body: who });
  const client = createClient({ baseUrl: url, token: () => accessToken });
  const writes: Writes = { answered: 0, slowestMs: 0 };
  const until = Date.now() + forMs;
  const lane = async () => {
    while (Date.now() < until) {
      const began = performance.now();
      await client.call(createCustomer, { body: { name: 'Written at once', address: ADDRESS } });
      writes.answered += 1;
      writes.slowestMs = Math.max(writes.slowestMs, Math.round(performance.now() - began));
      await sleep(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return writes;
}
