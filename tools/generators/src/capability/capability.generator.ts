import { formatFiles, generateFiles, type Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImport, importOf } from '../edit/imports';
import { addToServiceModule } from '../edit/classes';
import { moduleFile, schemaFile, sourceOf } from '../house/apps';
import { CONTRACTS } from '../house/contracts';
import { addEventEntry } from '../house/event-entry';
import { edit } from '../house/files';
import { addMigration } from '../house/migrations';
import { registerContracts, registerPermissions } from '../house/registers';
import { addRoom } from '../rooms/rooms';
import { tellNext } from '../tell-next';
import { sentence, withArticle } from '../words';
import { type CapabilityOptions, type CapabilityPlan, checkNames, checkPlace, planOf } from './plan';
import { migrationText, modelText } from './table';

function addTable(tree: Tree, { service, entity }: CapabilityPlan, migration: string): void {
  edit(tree, schemaFile(service.kebab), (text) => text + modelText(entity));
  addMigration(tree, service.kebab, migration, migrationText(entity));
}

function addToService(tree: Tree, { service, capability }: CapabilityPlan): void {
  const name = `${capability.pascal}Module`;
  edit(tree, moduleFile(service.kebab), (text) =>
    addToServiceModule(addImport(text, `./${capability.kebab}/${capability.kebab}.module`, name), name),
  );
}

/** Everything of a capability, in a service that is there; `migration` names its migration. */
export function addCapability(tree: Tree, plan: CapabilityPlan, migration: string): void {
  const { service, capability, entity, entities } = plan;
  const files = join(__dirname, 'files');
  const fileNames = { name: capability.kebab, one: entity.kebab };
  const into = (from: string, folder: string): void =>
    generateFiles(tree, join(files, from), folder, {
      ...plan,
      ...fileNames,
      importOf,
      sentence,
      withArticle,
    });
  into('contract', `${CONTRACTS}/${service.kebab}`);
  into('source', `${sourceOf(service.kebab)}/${capability.kebab}`);
  into('test', `apps/${service.kebab}/test`);
  registerContracts(tree, service, capability);
  registerPermissions(tree, entity, entities);
  addEventEntry(tree, service, {
    constant: `${entity.camel}Created`,
    type: `orion.${service.kebab}.${entity.kebab}.created.v1`,
    summary: `${sentence(withArticle(entity.text))} was created`,
    fields: [
      [`${entity.camel}Id`, 'Id'],
      ['name', 'z.string()'],
    ],
  });
  addTable(tree, plan, migration);
  addToService(tree, plan);
  addRoom(tree, service.kebab, { room: capability.kebab, create: `create${entity.pascal}` });
}

/** `nx g capability spare-parts --service=scheduling` */
export default async function capability(tree: Tree, options: CapabilityOptions): Promise<() => void> {
  const plan = planOf(options);
  checkPlace(tree, plan);
  checkNames(tree, plan);
  addCapability(tree, plan, `create_${plan.entity.snake}`);
  await formatFiles(tree);
  const { service, entity } = plan;
  return tellNext(`${sourceOf(service.kebab)}/${plan.capability.kebab}/create-${entity.kebab}.use-case.ts`, [
    service.kebab,
    'contracts',
  ]);
}
