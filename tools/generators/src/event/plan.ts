import type { Tree } from '@nx/devkit';
import { capabilitiesOf, capabilityModule, modelsOf, sourceOf } from '../house/apps';
import { eventsOf, exportedNames, type KnownEvent } from '../house/contracts';
import { filesIn, read } from '../house/files';
import { checkService } from '../house/check-service';
import { listed } from '../listed';
import { refuse } from '../refusal';
import { isKebab, pluralOf, sentence, type Words, withArticle, wordsOf } from '../words';
import { type DataField, fieldsIn } from './fields';

export interface EventOptions {
  type: string;
  service: string;
  capability?: string;
  consumer?: string;
  fields?: string;
  webhook?: string;
  summary?: string;
}

export interface EventPlan {
  service: Words;
  entity: Words;
  /** Entity and fact in one: booking-reminded. */
  event: Words;
  type: string;
  summary: string;
  webhook: string | undefined;
  /** The entity's id is the first. */
  fields: [DataField, ...DataField[]];
  /** Folder of the service that publishes it, and its module. */
  folder: string;
  moduleFile: string;
  consumer: Words | undefined;
}

/** The capability that publishes the entity's other events; undefined where none or several do. */
function publisherOf(
  tree: Tree,
  service: string,
  entity: string,
  events: readonly KnownEvent[],
): string | undefined {
  const siblings = events.filter((it) => it.type.startsWith(`orion.${service}.${entity}.`));
  const publishes = (capability: string): boolean =>
    filesIn(tree, `${sourceOf(service)}/${capability}`)
      .filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
      .map((it) => read(tree, it))
      .some((text) =>
        siblings.some(({ constant }) => new RegExp(`\\bpublish\\(\\s*tx,\\s*${constant}\\b`).test(text)),
      );
  const found = capabilitiesOf(tree, service).filter(publishes);
  return found.length === 1 ? found[0] : undefined;
}

function folderFor(
  tree: Tree,
  { service, capability }: EventOptions,
  entity: string,
  events: readonly KnownEvent[],
): string {
  const capabilities = capabilitiesOf(tree, service);
  if (capability !== undefined && !capabilities.includes(capability))
    refuse(`${service} has no capability ${capability}: name one of ${listed(capabilities)}.`);
  return (
    capability ??
    capabilities.find((it) => it === entity || it === pluralOf(entity)) ??
    publisherOf(tree, service, entity, events) ??
    refuse(`Say with --capability which part of ${service} publishes it: ${listed(capabilities, 'or')}.`)
  );
}

function checkWebhook(webhook: string | undefined, events: readonly KnownEvent[]): void {
  if (webhook === undefined) return;
  if (!/^[a-z][a-z_-]*\.[a-z][a-z_-]*$/.test(webhook))
    refuse(`“${webhook}” is no name of a webhook event: say two words with a dot, as in booking.reminded.`);
  const taken = events.find((it) => it.webhook === webhook);
  if (taken) refuse(`Webhook subscribers get ${taken.type} as ${webhook} already: choose another name.`);
}

function checkConsumer(tree: Tree, consumer: Words, event: Words): void {
  checkService(tree, consumer.kebab);
  const models = modelsOf(tree, consumer.kebab);
  if (
    tree.exists(`${sourceOf(consumer.kebab)}/${event.kebab}`) ||
    models.some((it) => it.name === event.pascal)
  )
    refuse(`${consumer.kebab} has a ${event.kebab} already: add the event to its consumer by hand.`);
}

/** Everything that is to be known of the event; refuses what cannot be made. */
export function makePlan(tree: Tree, options: EventOptions): EventPlan {
  const { type: name, service, webhook, consumer } = options;
  checkService(tree, service);
  const [entity = '', fact = '', ...more] = name.split('.');
  if (!isKebab(entity) || !isKebab(fact) || more.length > 0)
    refuse(`“${name}” is no event: say entity and fact, as in booking.reminded.`);
  const events = eventsOf(tree);
  const type = `orion.${service}.${entity}.${fact}.v1`;
  if (events.some((it) => it.type === type))
    refuse(`There is an event ${type} already: choose another fact.`);
  const event = wordsOf(`${entity}-${fact}`);
  if (exportedNames(tree).has(event.camel))
    refuse(`The contracts have ${event.camel} already: choose another fact.`);
  checkWebhook(webhook, events);
  const folder = folderFor(tree, options, entity, events);
  const hears = consumer === undefined ? undefined : wordsOf(consumer);
  if (hears) checkConsumer(tree, hears, event);
  const id = `${wordsOf(entity).camel}Id`;
  return {
    ...{ type, webhook, event, folder },
    service: wordsOf(service),
    entity: wordsOf(entity),
    summary: options.summary ?? `${sentence(withArticle(wordsOf(entity).text))} was ${wordsOf(fact).text}`,
    fields: [
      ...fieldsIn(`${id}:id`),
      ...fieldsIn(options.fields).filter((it) => it.name !== id),
    ] as EventPlan['fields'],
    moduleFile:
      capabilityModule(tree, service, folder) ??
      refuse(`${sourceOf(service)}/${folder} has several modules and none named ${folder}.module.ts.`),
    consumer: hears,
  };
}
