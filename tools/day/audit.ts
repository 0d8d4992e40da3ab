import { setTimeout as sleep } from 'node:timers/promises';
import { eventFaults, type Facts, factsOf, missing, type Platform } from '@orion/access';
import { eventContract } from '@orion/contracts';
import { impossibleWays, missedWindows, overlaps, travelKm, unmetSkills } from './calendar-audit';
import { type Unserved } from './dispatch';
import { messageIds } from './mail-sink';
import { type Receiver } from './receiver';
import { bookedJobs, sendings } from './records';
import { type Report } from './report';
import { type Run } from './run';

type Found = Pick<Report, 'booked' | 'assigned' | 'travelKm' | 'mails' | 'webhooks' | 'events' | 'audit'>;

/** How long mails and webhooks may take to arrive once the last order is assigned; a first retry is 30 s away. */
const QUIET_WITHIN_MS = 180_000;

const check = (name: string, faults: readonly string[], good: string) => ({
  check: name,
  passed: faults.length === 0,
  detail: faults.length === 0 ? good : `${faults.length}: ${faults.slice(0, 5).join('; ')}`,
});

/** Public events since the subscription, against what the receiver has accepted. */
function webhookFaults(
  services: readonly Facts[],
  deliveries: { id: string; eventId: string; state: string }[],
  receiver: Receiver,
): string[] {
  const isPublic = (type: string) => eventContract(type)?.webhook !== undefined;
  const published = services.flatMap((it) => [...it.published]).filter(([, type]) => isPublic(type));
  const delivered = new Set(receiver.received.eventIds.values());
  const rows = new Set(deliveries.map((it) => it.id));
  return [
    ...deliveries.filter((it) => it.state !== 'DELIVERED').map((it) => `delivery ${it.id} is ${it.state}`),
    ...missing(
      published.map(([id]) => id),
      delivered,
    ).map((id) => `event ${id} never reached the receiver`),
    ...missing(rows, receiver.received.ids).map((id) => `delivery ${id} never reached the receiver`),
    ...missing(receiver.received.ids, rows).map((id) => `the receiver got ${id}, which is no delivery`),
    ...(receiver.received.rejected > 0
      ? [`the receiver refused ${receiver.received.rejected} requests`]
      : []),
  ];
}

function mailFaults(notifications: ReadonlyMap<string, string>, inSink: ReadonlySet<string>): string[] {
  return [
    ...[...notifications]
      .filter(([, state]) => state !== 'SENT')
      .map(([id, state]) => `notification ${id} is ${state}`),
    ...missing(notifications.keys(), inSink).map((id) => `notification ${id} is not in the sink`),
    ...missing(inSink, new Set(notifications.keys())).map((id) => `mail ${id} belongs to no notification`),
  ];
}

async function look(
  platform: Platform,
  run: Run,
  organizationId: string,
  receiver: Receiver,
  unserved: readonly Unserved[],
): Promise<Found> {
  const urlOf = (service: string) => platform.postgres.auditUrls[service] ?? '';
  const jobs = await bookedJobs(urlOf('scheduling'), organizationId);
  const services = await Promise.all(
    Object.values(platform.postgres.auditUrls).map((url) => factsOf(url, organizationId)),
  );
  const { notifications, deliveries } = await sendings(urlOf('notification'), organizationId);
  const inSink = new Set(
    (await messageIds(platform.mailUrl, `day-${run.id}.example.com`)).map((it) => it.split('@')[0] ?? ''),
  );
  const events = services.reduce((sum, it) => sum + it.published.size, 0);
  const booked = jobs.filter((job) => job.bookingState === 'CONFIRMED').length;
  return {
    booked,
    assigned: jobs.filter((job) => job.orderState === 'ASSIGNED').length,
    travelKm: travelKm(jobs),
    mails: inSink.size,
    webhooks: receiver.received.ids.size,
    events,
    audit: [
      check('no two bookings of a technician overlap', overlaps(jobs), `${jobs.length} active bookings`),
      check('every skill is held', unmetSkills(jobs), `${jobs.length} jobs`),
      check('every window is kept', missedWindows(jobs), `${jobs.length} jobs`),
      check('every way can be travelled in time', impossibleWays(jobs), `${travelKm(jobs).toFixed(1)} km`),
      check(
        'nobody could take what is unserved',
        unserved.filter((it) => it.proof.length === 0).map((it) => `${it.number}: ${it.reason}`),
        `${unserved.length} unserved, each proven`,
      ),
      check('each consumer took each of its events once', eventFaults(services), `${events} events`),
      check(
        'each public event reached the receiver once',
        webhookFaults(services, deliveries, receiver),
        `${deliveries.length} deliveries`,
      ),
      check(
        'one mail for each notification',
        mailFaults(notifications, inSink),
        `${notifications.size} notifications`,
      ),
    ],
  };
}

/** Looks until the day is quiet and sound, or the time for that has passed; then says what it found last. */
export async function audit(
  platform: Platform,
  run: Run,
  organizationId: string,
  receiver: Receiver,
  unserved: readonly Unserved[],
): Promise<Found> {
  const until = Date.now() + QUIET_WITHIN_MS;
  for (;;) {
    const found = await look(platform, run, organizationId, receiver, unserved).catch((error: unknown) => {
      if (Date.now() > until) throw error;
      return null;
    });
    if (found?.audit.every((it) => it.passed) || (found && Date.now() > until)) return found;
    await sleep(1_000);
  }
}
