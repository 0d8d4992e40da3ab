import type { Platform } from '@orion/access';
import { routingKey } from '@orion/contracts';
import { names } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';
import { eventOf } from './envelope';
import { publishRaw, takeOut, untilEmpty, waitingIn } from './exchange';
import type { Fault } from './fault';
import { inWords, isWhole, onGround } from './ground';
import { assigned, countOf } from './outcome';
import { figures, logsFromNow } from './services';
import { until } from './within';

const THINGS = 100;
const LATECOMER = 'consumer.effects';
const UNHEARD = 3;
const METRIC = 'orion_unroutable_events';
const ALERT = 'event_route_missing';
/** Services look every ten seconds. */
const NOTICED_MS = 25_000;

/** A producer whose events nobody is bound for, and a consumer that comes later. */
const comesLater = (platform: Platform): Promise<string> =>
  onGround(platform, async (ground) => {
    const { rabbitmqUrl } = platform;
    const own = names(ground.namespace);
    await ground.stop(await ground.start({ service: 'producer', produce: THINGS }));
    const relay = await ground.start({ service: 'producer' });
    const published = await ground.settle((it) => it.waiting === 0, 30_000);
    const caught = await waitingIn(rabbitmqUrl, own.unroutable);
    if (published.waiting > 0 || caught !== THINGS)
      throw new Error(`${caught} of ${THINGS} were caught, ${published.waiting} wait`);
    await ground.stop(relay);

    const early = await assigned(ground, {
      service: 'producer',
      assignment: { name: 'replay', consumer: LATECOMER },
    });
    await ground.stop(early.child);
    if (early.refused === undefined)
      throw new Error(`${early.count} events were sent to a consumer that has no queue, and are lost`);

    const consumer = await ground.start({ service: 'consumer' });
    const replay = await assigned(ground, {
      service: 'producer',
      assignment: { name: 'replay', consumer: LATECOMER },
    });
    const replayed = countOf(replay);
    const count = await ground.settle(isWhole, 30_000);
    if (!isWhole(count)) throw new Error(inWords(count));
    // What lies in the queue of the unroutable ones are the same events: none takes effect again.
    const again = await takeOut(rabbitmqUrl, own.unroutable, () => true);
    await publishRaw(
      rabbitmqUrl,
      own.events,
      again.map(({ fields, content }) => ({ key: fields.routingKey, body: content })),
    );
    await untilEmpty(rabbitmqUrl, own.consumerQueue(LATECOMER), 30_000);
    await Promise.all([ground.stop(replay.child), ground.stop(consumer)]);
    const last = await ground.count();
    if (!isWhole(last) || last.deadLetters > 0 || again.length !== THINGS) throw new Error(inWords(last));
    return `${caught} of ${THINGS} caught, a replay to nobody refused, ${replayed} replayed from the outbox and ${again.length} from the queue to a consumer that came later: ${inWords(last)}`;
  });

/** Every service of the running platform shows it, and says so in its log. */
async function alerted(platform: Platform): Promise<string> {
  const to = names(platform.messagingNamespace);
  const { rabbitmqUrl } = platform;
  const run = `fault-10-${randomUUID()}`;
  const before = await waitingIn(rabbitmqUrl, to.unroutable);
  const logs = logsFromNow(platform);
  const body = Buffer.from(JSON.stringify(eventOf({ organizationId: randomUUID() })));
  const key = routingKey(thingHappened.type);
  const started = performance.now();
  await publishRaw(
    rabbitmqUrl,
    to.events,
    Array.from({ length: UNHEARD }, () => ({ key, body, messageId: run })),
  );
  try {
    const shown = await until(
      () => figures(platform, METRIC),
      (all) => Object.values(all).every((it) => it >= before + UNHEARD),
      NOTICED_MS,
      (all) => `${METRIC}: ${JSON.stringify(all)}, not ${before + UNHEARD} in each service`,
    );
    const noticed = Math.round((performance.now() - started) / 1000);
    const silent = Object.keys(shown).filter((service) => logs(service, ALERT).length === 0);
    if (silent.length > 0) throw new Error(`no ${ALERT} in the log of ${silent.join(', ')}`);
    return `on the running platform ${UNHEARD} events nobody is bound for: shown and logged as ${ALERT} by ${Object.keys(shown).length} services within ${noticed} s`;
  } finally {
    await takeOut(rabbitmqUrl, to.unroutable, ({ properties }) => properties.messageId === run);
    await until(
      () => figures(platform, METRIC),
      (all) => Object.values(all).every((it) => it <= before),
      NOTICED_MS,
      (all) => `${METRIC} did not fall again: ${JSON.stringify(all)}`,
    );
  }
}

/** An event that no queue is bound for: caught, alerted, and not lost. */
export const fault10: Fault = async (platform) => `${await comesLater(platform)}; ${await alerted(platform)}`;
