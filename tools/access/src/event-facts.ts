import { reading } from './query';

export interface Facts {
  /** Event ids by type, of every service's outbox. */
  published: Map<string, string>;
  waiting: number;
  consumers: { name: string; types: string[]; inbox: Set<string> }[];
  deadLetters: number;
}

/** What one service's database says of the organization's events. */
export const factsOf = (url: string, organizationId: string): Promise<Facts> =>
  reading(url, async (query) => {
    const outbox = await query(
      'SELECT id, type, published_at FROM platform.outbox WHERE organization_id = $1',
      [organizationId],
    );
    const consumers = await query('SELECT name, event_types FROM platform.consumer');
    const inbox = await query('SELECT consumer, event_id FROM platform.inbox WHERE organization_id = $1', [
      organizationId,
    ]);
    const dead = await query(
      "SELECT count(*) AS n FROM platform.dead_letter WHERE position(convert_to($1, 'UTF8') IN body) > 0",
      [organizationId],
    );
    return {
      published: new Map(outbox.map((row) => [String(row['id']), String(row['type'])])),
      waiting: outbox.filter((row) => row['published_at'] === null).length,
      consumers: consumers.map((row) => ({
        name: String(row['name']),
        types: row['event_types'] as string[],
        inbox: new Set(
          inbox.filter((it) => it['consumer'] === row['name']).map((it) => String(it['event_id'])),
        ),
      })),
      deadLetters: Number(dead[0]?.['n'] ?? 0),
    };
  });

export const missing = (wanted: Iterable<string>, had: ReadonlySet<string>): string[] =>
  [...wanted].filter((it) => !had.has(it));

/** What does not add up: for each consumer, the ids of its subscribed event types must equal its inbox. */
export function eventFaults(services: readonly Facts[]): string[] {
  const published = new Map(services.flatMap((it) => [...it.published]));
  return services.flatMap((service) => [
    ...(service.waiting > 0 ? [`${service.waiting} events wait in an outbox`] : []),
    ...(service.deadLetters > 0 ? [`${service.deadLetters} dead letters`] : []),
    ...service.consumers.flatMap((consumer) => {
      const subscribed = new Set(
        [...published].filter(([, type]) => consumer.types.includes(type)).map(([id]) => id),
      );
      return [
        ...missing(subscribed, consumer.inbox).map(
          (id) => `${consumer.name} has not taken ${id} (${published.get(id)})`,
        ),
        ...missing(consumer.inbox, subscribed).map(
          (id) => `${consumer.name} has taken ${id}, which nobody published`,
        ),
      ];
    }),
  ]);
}
