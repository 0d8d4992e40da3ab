import type { PersistentClient } from '@orion/access';
import { changeMemberRoles, createCustomer } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Organization } from './organization';

const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };
const LANES = 3;
/** After each answer, as people and programs do; a load without pauses measures nothing but itself. */
const PAUSE_MS = 100;

export interface SteadyLoad {
  /** Requests answered so far. */
  answered(): number;
  /** Ends the load; resolves with the answer to each key. Rejects with the first lasting refusal. */
  end(): Promise<Map<string, string>>;
  /** Sends a key again. */
  repeat(key: string): Promise<string>;
}

/** One customer for each key. */
const customerOf = async (client: PersistentClient, key: string): Promise<string> =>
  JSON.stringify(await client.call(createCustomer, { body: { name: key, address: ADDRESS } }, key));

/**
 * Clients that write all the time, each repeating a request with its key until it has an answer: customers, whose
 * events go to three consumers, and a member's roles, whose events go to the others.
 */
export function startLoad({ client }: Organization, prefix: string, memberId?: string): SteadyLoad {
  const answers = new Map<string, string>();
  let ending = false;
  let changes = 0;
  const customers = async (lane: number) => {
    for (let n = 0; !ending; n++) {
      const key = `${prefix}-${lane}-${n}`;
      answers.set(key, await customerOf(client, key));
      await sleep(PAUSE_MS);
    }
  };
  const roles = async () => {
    while (!ending && memberId !== undefined) {
      const roles = [changes % 2 === 0 ? 'operator' : 'viewer'];
      await client.call(changeMemberRoles, { params: { id: memberId }, body: { roles } });
      changes += 1;
      await sleep(PAUSE_MS);
    }
  };
  const lanes = [...Array.from({ length: LANES }, (_, lane) => customers(lane)), roles()];
  const all = Promise.all(lanes);
  all.catch(() => undefined);
  return {
    answered: () => answers.size + changes,
    end: async () => {
      ending = true;
      await all;
      return answers;
    },
    repeat: (key) => customerOf(client, key),
  };
}
