import { formatFiles, generateFiles, names, type Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImports, importOf } from '../edit/imports';
import { sourceOf } from '../house/apps';
import { edit } from '../house/files';
import { fieldOf } from '../house/schema';
import { refuse } from '../refusal';
import { addInput } from '../rooms/rooms';
import { tellNext } from '../tell-next';
import { withMethod, withProvider } from './controller';
import { type EndpointOptions, makePlan } from './make-plan';
import { contractImports, contractText, type EndpointPlan } from './plan';

const FILES = join(__dirname, 'files');

function addContract(tree: Tree, plan: EndpointPlan): void {
  const entry = contractText(plan);
  edit(tree, plan.contractFile, (text) => addImports(text + entry, contractImports(entry)));
}

function addFiles(tree: Tree, plan: EndpointPlan): void {
  const { service, capability, kind, useCase, method, access, model, field } = plan;
  const words = {
    ...plan,
    name: useCase.kebab,
    importOf,
    /** The model as the Prisma client calls it. */
    delegate: model && model.name.charAt(0).toLowerCase() + model.name.slice(1),
    hasVersion: model !== undefined && fieldOf(model, 'version')?.type === 'Int',
    fieldWords: field && names(field).fileName.replaceAll('-', ' '),
    part: method === 'GET' ? 'query' : 'body',
    permitted: access !== 'authenticated',
  };
  generateFiles(tree, join(FILES, 'use-case', kind), `${sourceOf(service)}/${capability}`, words);
  generateFiles(tree, join(FILES, 'test', kind), `apps/${service}/test`, words);
}

/** `nx g endpoint vehicles.rename --service=fleet --capability=vehicles --method=PATCH --path=/vehicles/:id` */
export default async function endpoint(tree: Tree, options: EndpointOptions): Promise<() => void> {
  const plan = makePlan(tree, options);
  const { service, capability, useCase, kind, field } = plan;
  const useCaseFile = `${sourceOf(service)}/${capability}/${useCase.kebab}.use-case.ts`;
  if (tree.exists(useCaseFile)) refuse(`There is a file ${useCaseFile} already: choose another id.`);
  addContract(tree, plan);
  addFiles(tree, plan);
  edit(tree, plan.controllerFile, (text) => withMethod(text, plan));
  edit(tree, plan.moduleFile, (text) => withProvider(text, useCase));
  if (kind === 'change') addInput(tree, service, plan.id, `{ body: { ${field}: 'Changed' } }`);
  await formatFiles(tree);
  return tellNext(useCaseFile, [service, 'contracts']);
}
