import { Gauge, register } from 'prom-client';

/** The gauge of that name, made where it is missing. */
function gauge(name: string, help: string): Gauge<'service'> {
  const known = register.getSingleMetric(name) as Gauge<'service'> | undefined;
  return known ?? new Gauge({ name, help, labelNames: ['service'] });
}

export interface MessagingFigures {
  backlog: number;
  oldestSeconds: number;
  deadLetters: number;
  unroutable: number;
  refills: number;
}

export function showFigures(service: string, figures: MessagingFigures): void {
  gauge('orion_outbox_backlog', 'Events that wait in the outbox').set({ service }, figures.backlog);
  gauge('orion_outbox_oldest_seconds', 'Age of the oldest event in the outbox').set(
    { service },
    figures.oldestSeconds,
  );
  gauge('orion_dead_letters', 'Dead letters that nobody replayed').set({ service }, figures.deadLetters);
  gauge('orion_unroutable_events', 'Events no queue was bound for').set({ service }, figures.unroutable);
  gauge('orion_queue_refills', 'Lost queues that a producer still fills again').set(
    { service },
    figures.refills,
  );
}
