import { routingKey } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';
import { envelope } from './envelope';
import type { Fault } from './fault';
import { type Ground, inWords, onGround } from './ground';

const NEIGHBOURS = 200;
/** With poison among them, neighbours may take so much longer than without. */
const SLACK = { factor: 2, ms: 3_000 };

/** Milliseconds until `NEIGHBOURS` more events have taken effect, from the start of their producer on. */
async function neighboursTake(ground: Ground): Promise<number> {
  const { effects } = await ground.count();
  const started = performance.now();
  const relay = await ground.start({ service: 'producer', produce: NEIGHBOURS });
  const count = await ground.settle((it) => it.effects === effects + NEIGHBOURS, 60_000);
  if (count.effects !== effects + NEIGHBOURS) throw new Error(`neighbours were held up: ${inWords(count)}`);
  const took = performance.now() - started;
  await ground.stop(relay);
  return Math.round(took);
}

/** Bad JSON, an unknown version, data against the schema, and a handler that throws. */
export const fault15: Fault = (platform) =>
  onGround(platform, async (ground) => {
    const key = routingKey(thingHappened.type);
    const unbearable = randomUUID();
    const consumer = await ground.start({ service: 'consumer', unbearable: [unbearable] });
    const alone = await neighboursTake(ground);
    await ground.throwIn([
      { key, body: Buffer.from('{"this is": not JSON') },
      { key, body: envelope(ground, { type: thingHappened.type.replace('.v1', '.v9') }) },
      { key, body: envelope(ground, { data: { thingId: 7 } }) },
      { key, body: envelope(ground, { subject: unbearable }) },
    ]);
    const withPoison = await neighboursTake(ground);
    if (withPoison > alone * SLACK.factor + SLACK.ms) {
      throw new Error(`neighbours were held up: ${withPoison} ms with poison, ${alone} ms without`);
    }
    const settled = await ground.settle((it) => it.deadLetters === 4, 60_000);
    if (settled.deadLetters !== 4) throw new Error(`${settled.deadLetters} dead letters of 4 poisons`);
    const tries = ground.triesOf(unbearable);
    if (tries < 1 || tries > 6) throw new Error(`the handler that throws was tried ${tries} times`);
    await ground.stop(consumer);
    const last = await ground.count();
    if (last.deadLetters !== 4 || last.effects !== 2 * NEIGHBOURS)
      throw new Error(`not quiet: ${inWords(last)}, ${last.deadLetters} dead letters`);
    return `4 poisons, 4 dead letters, ${tries} tries of the one that throws, ${NEIGHBOURS} neighbours in ${withPoison} ms, without poison ${alone} ms`;
  });
