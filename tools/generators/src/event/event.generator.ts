import { formatFiles, generateFiles, type Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addConsumer, addToModule, addToServiceModule } from '../edit/classes';
import { addImports, importOf } from '../edit/imports';
import { moduleFile, schemaFile, sourceOf } from '../house/apps';
import { addEventEntry } from '../house/event-entry';
import { edit } from '../house/files';
import { addMigration } from '../house/migrations';
import { tellNext } from '../tell-next';
import type { Words } from '../words';
import { type EventOptions, type EventPlan, makePlan } from './plan';
import { migrationText, modelText } from './table';

const FILES = join(__dirname, 'files');

function addPublisher(tree: Tree, plan: EventPlan): void {
  const { service, event, folder } = plan;
  const words = { ...plan, name: event.kebab };
  generateFiles(tree, join(FILES, 'publisher'), `${sourceOf(service.kebab)}/${folder}`, words);
  generateFiles(tree, join(FILES, 'publisher-test'), `apps/${service.kebab}/test`, words);
  const name = `${event.pascal}Publisher`;
  edit(tree, plan.moduleFile, (text) =>
    addToModule(addImports(text, [[`./${event.kebab}.publisher`, name]]), 'providers', name),
  );
}

function addHearer(tree: Tree, plan: EventPlan, consumer: Words): void {
  const { event } = plan;
  const app = consumer.kebab;
  const words = { ...plan, consumer, name: event.kebab, importOf };
  generateFiles(tree, join(FILES, 'consumer'), `${sourceOf(app)}/${event.kebab}`, words);
  generateFiles(tree, join(FILES, 'consumer-test'), `apps/${app}/test`, words);
  edit(tree, schemaFile(app), (text) => text + modelText(event));
  addMigration(tree, app, `hear_${event.snake}`, migrationText(event));
  const [module, hearer] = [`${event.pascal}Module`, `${event.pascal}Consumer`];
  edit(tree, moduleFile(app), (text) => {
    const imported = addImports(text, [
      [`./${event.kebab}/${event.kebab}.consumer`, hearer],
      [`./${event.kebab}/${event.kebab}.module`, module],
    ]);
    return addToServiceModule(addConsumer(imported, hearer), module);
  });
}

/** `nx g event booking.reminded --service=scheduling --consumer=notification` */
export default async function event(tree: Tree, options: EventOptions): Promise<() => void> {
  const plan = makePlan(tree, options);
  const { service, consumer, event: words, type, summary, webhook, fields, folder } = plan;
  addEventEntry(tree, service, {
    ...{ type, summary, webhook },
    constant: words.camel,
    fields: fields.map(({ name, schema }) => [name, schema] as const),
  });
  addPublisher(tree, plan);
  if (consumer) addHearer(tree, plan, consumer);
  await formatFiles(tree);
  const hearer = consumer && `${sourceOf(consumer.kebab)}/${words.kebab}/${words.kebab}.consumer.ts`;
  const projects = new Set([service.kebab, ...(consumer ? [consumer.kebab] : []), 'contracts']);
  return tellNext(
    `${sourceOf(service.kebab)}/${folder}/${words.kebab}.publisher.ts${hearer ? ` and ${hearer}` : ''}`,
    [...projects],
  );
}
