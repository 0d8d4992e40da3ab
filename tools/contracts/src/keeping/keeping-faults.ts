import type { Catalogue } from '../catalogue/catalogue';
import type { Findings, Kept } from './findings';

/** What the sources of one service say. */
export interface ServiceSources {
  service: string;
  /** Findings by file. */
  files: ReadonlyMap<string, Findings>;
}

interface Wanted {
  id: string;
  export: string;
  service: string;
  how: Kept['how'];
}

const WORDS: Readonly<Record<Kept['how'], { done: string; todo: (name: string) => string }>> = {
  implements: { done: 'implemented', todo: (name) => `give a controller a method with @Implements(${name})` },
  answers: { done: 'answered', todo: (name) => `give a controller a method with @Answers(${name})` },
  publishes: { done: 'published', todo: (name) => `call outbox.publish(tx, ${name}, …) where it happens` },
};

interface Placed extends Kept {
  service: string;
  at: string;
  registered: boolean;
}

function placed(services: readonly ServiceSources[]): Placed[] {
  return services.flatMap(({ service, files }) => {
    const registered = new Set([...files.values()].flatMap((it) => it.registered));
    return [...files].flatMap(([file, { kept }]) =>
      kept.map((it) => ({
        ...it,
        service,
        at: `${file}:${it.line}`,
        registered: it.how === 'publishes' || registered.has(it.owner),
      })),
    );
  });
}

const wantedOf = ({ endpoints, events, questions }: Catalogue): Wanted[] => [
  ...Object.entries(endpoints).map(([id, it]) => ({ id, ...it, how: 'implements' as const })),
  ...Object.entries(questions).map(([id, it]) => ({
    id,
    ...it,
    service: id.split('.')[0] ?? '',
    how: 'answers' as const,
  })),
  ...Object.entries(events).map(([id, it]) => ({
    id,
    ...it,
    service: id.split('.')[1] ?? '',
    how: 'publishes' as const,
  })),
];

function faultsOf({ id, export: name, service, how }: Wanted, all: readonly Placed[]): string[] {
  const { done, todo } = WORDS[how];
  const found = all.filter((it) => it.how === how && it.contract === name);
  const own = found.filter((it) => it.service === service && it.registered);
  const elsewhere = found.filter((it) => it.service !== service);
  const loose = found.filter((it) => it.service === service && !it.registered);
  return [
    ...(own.length === 0 && loose.length === 0
      ? [`${id} is ${done} nowhere in apps/${service}: ${todo(name)}.`]
      : []),
    ...(own.length > 1 && how !== 'publishes'
      ? [
          `${id} is ${done} ${own.length} times, at ${own.map((it) => it.at).join(' and ')}: keep one of them.`,
        ]
      : []),
    ...elsewhere.map(
      (it) => `${id} belongs to ${service} but is ${done} at ${it.at}: move it to apps/${service}.`,
    ),
    ...loose.map(
      (it) => `${id} is ${done} at ${it.at}, but no module lists ${it.owner}: name it among its controllers.`,
    ),
  ];
}

/**
 * Where code and contracts do not match: every endpoint and question must be kept exactly once, every event
 * published at least once, each by the service it belongs to, in a class that a module lists.
 */
export function keepingFaults(catalogue: Catalogue, services: readonly ServiceSources[]): string[] {
  const all = placed(services);
  const unread = all.filter((it) => it.contract === undefined);
  return [
    ...wantedOf(catalogue).flatMap((it) => faultsOf(it, all)),
    ...unread.map(
      (it) => `${it.at} does not name a contract of @orion/contracts itself: import it and name it there.`,
    ),
  ];
}
