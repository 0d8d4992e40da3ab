import type { Tree } from '@nx/devkit';
import * as ts from 'typescript';
import { addExportAll, addNamespaceImport } from '../edit/imports';
import { addProperty, append, appendTo } from '../edit/list';
import { all, parse } from '../edit/source';
import { type Words, wordsOf } from '../words';
import { CONTRACTS, PERMISSIONS_FILE } from './contracts';
import { edit } from './files';

const CATALOGUE = `${CONTRACTS}/catalogue.ts`;
const INDEX = `${CONTRACTS}/index.ts`;

/** Adds a module to the list that `collect(…)` makes a constant of the catalogue from. */
function addToCatalogue(text: string, constant: 'ENDPOINTS' | 'EVENTS', name: string): string {
  const declaration = all(parse(text), ts.isVariableDeclaration).find((it) => it.name.getText() === constant);
  const call = declaration?.initializer;
  const list = call && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (!list || !ts.isArrayLiteralExpression(list)) throw new Error(`${constant} is collected from no list`);
  return append(text, list.elements, name);
}

const namespaces = (text: string): string[] =>
  all(parse(text), ts.isNamespaceImport).map((it) => it.name.getText());

/** A name for the module in the catalogue that no other module has there. */
function freeName(text: string, wanted: string, service: string): string {
  const taken = namespaces(text);
  return taken.includes(wanted) ? wordsOf(`${service}-${wordsOf(wanted).kebab}`).camel : wanted;
}

function register(tree: Tree, constant: 'ENDPOINTS' | 'EVENTS', module: string, wanted: string): void {
  const path = `./${module}`;
  const [service = ''] = module.split('/');
  edit(tree, CATALOGUE, (text) => {
    const name = freeName(text, wanted, service);
    const imported = addNamespaceImport(text, path, name);
    return imported === text ? text : addToCatalogue(imported, constant, name);
  });
  edit(tree, INDEX, (text) => addExportAll(text, path));
}

/** Makes a file of contracts known: `fleet/vehicles.contract`. */
export const registerContracts = (tree: Tree, service: Words, capability: Words): void =>
  register(tree, 'ENDPOINTS', `${service.kebab}/${capability.kebab}.contract`, capability.camel);

/** Makes a service's file of events known: `fleet/fleet.events`. */
export const registerEvents = (tree: Tree, service: Words): void =>
  register(tree, 'EVENTS', `${service.kebab}/${service.kebab}.events`, `${service.camel}Events`);

/** Adds what one may do with an entity to the permissions and to the operator's. */
export function registerPermissions(tree: Tree, entity: Words, entities: Words): void {
  const permissions = [
    [`${entity.kebab}.view`, `See ${entities.text}`],
    [`${entity.kebab}.manage`, `Create and change ${entities.text}`],
  ] as const;
  for (const [name, meaning] of permissions) {
    edit(tree, PERMISSIONS_FILE, (text) =>
      addProperty(text, 'PERMISSIONS', [name, `'${meaning}'`], { before: 'platform.operate' }),
    );
    edit(tree, `${CONTRACTS}/auth/roles.ts`, (text) => appendTo(text, 'OPERATOR', `'${name}'`));
  }
}
