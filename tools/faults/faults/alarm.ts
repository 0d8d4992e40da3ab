import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from './broker';

export type Alarm = 'memory' | 'disk';

const RAISED_WITHIN_MS = 30_000;

const COMMANDS: Record<Alarm, { limit: string; raise: string[]; restore: (limit: string) => string }> = {
  memory: {
    limit: 'vm_memory_monitor:get_vm_memory_high_watermark().',
    raise: ['set_vm_memory_high_watermark', '0.00001'],
    restore: (limit) => `vm_memory_monitor:set_vm_memory_high_watermark(${limit}).`,
  },
  disk: {
    limit: 'rabbit_disk_monitor:get_disk_free_limit().',
    raise: ['set_disk_free_limit', '1000000GB'],
    restore: (limit) => `rabbit_disk_monitor:set_disk_free_limit(${limit}).`,
  },
};

/** Alarms the broker has raised, such as `[{{resource_limit,memory,…},[]}]`. */
const alarms = (broker: Broker): Promise<string> => broker.evaluate('rabbit_alarm:get_alarms().');

/** Runs `work` while the broker is short of memory or disk; its limit is as before afterwards. */
export async function underAlarm<T>(broker: Broker, alarm: Alarm, work: () => Promise<T>): Promise<T> {
  const { limit, raise, restore } = COMMANDS[alarm];
  const before = await broker.evaluate(limit);
  try {
    await broker.ctl(...raise);
    for (const until = Date.now() + RAISED_WITHIN_MS; ; await sleep(500)) {
      if ((await alarms(broker)).includes(`resource_limit,${alarm}`)) break;
      if (Date.now() > until) throw new Error(`the broker raised no ${alarm} alarm`);
    }
    return await work();
  } finally {
    await broker.evaluate(restore(before));
  }
}

/** Connections to publish on that their relay has left for another: whoever publishes for the first time has one. */
export async function leftBehind(broker: Broker): Promise<number> {
  const properties = await broker.ctl('list_connections', 'client_properties');
  const names = [...properties.matchAll(/"([^"]* publisher)"/g)].map(([, name]) => name);
  return names.length - new Set(names).size;
}
