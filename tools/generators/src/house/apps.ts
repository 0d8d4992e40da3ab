import type { Tree } from '@nx/devkit';
import { parse, all } from '../edit/source';
import * as ts from 'typescript';
import { filesIn, read } from './files';
import { type Model, modelsIn } from './schema';

export const sourceOf = (service: string): string => `apps/${service}/src`;
export const schemaFile = (service: string): string => `apps/${service}/prisma/schema.prisma`;
export const roomsFile = (service: string): string => `apps/${service}/test/support/rooms.ts`;
export const moduleFile = (service: string): string => `${sourceOf(service)}/${service}.module.ts`;

/** Folders of a service that hold a module of their own. */
export const capabilitiesOf = (tree: Tree, service: string): string[] =>
  tree
    .children(sourceOf(service))
    .sort()
    .filter((it) => !tree.isFile(`${sourceOf(service)}/${it}`))
    .filter((it) => tree.children(`${sourceOf(service)}/${it}`).some((file) => file.endsWith('.module.ts')));

export const modelsOf = (tree: Tree, service: string): Model[] => modelsIn(read(tree, schemaFile(service)));

/** The texts of a service's migrations. */
export const migrationsOf = (tree: Tree, service: string): string[] =>
  filesIn(tree, `apps/${service}/prisma/migrations`).map((it) => read(tree, it));

/** The module of a capability: the one that bears its name, or the only one. */
export function capabilityModule(tree: Tree, service: string, capability: string): string | undefined {
  const folder = `${sourceOf(service)}/${capability}`;
  const modules = tree.children(folder).filter((it) => it.endsWith('.module.ts'));
  const named = modules.find((it) => it === `${capability}.module.ts`);
  const [only, another] = modules;
  const chosen = named ?? (another ? undefined : only);
  return chosen && `${folder}/${chosen}`;
}

export interface KnownController {
  path: string;
  /** Constants of the contracts it implements. */
  implements: string[];
}

/** The controllers of a capability with what they implement. */
export const controllersOf = (tree: Tree, service: string, capability: string): KnownController[] =>
  tree
    .children(`${sourceOf(service)}/${capability}`)
    .sort()
    .filter((it) => it.endsWith('.controller.ts'))
    .map((it) => `${sourceOf(service)}/${capability}/${it}`)
    .map((path) => ({
      path,
      implements: all(parse(read(tree, path)), ts.isDecorator).flatMap(
        (it) => /^@Implements\((\w+)\)$/.exec(it.getText())?.[1] ?? [],
      ),
    }));
