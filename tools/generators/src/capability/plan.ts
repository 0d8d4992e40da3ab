import type { Tree } from '@nx/devkit';
import { capabilitiesOf, modelsOf } from '../house/apps';
import { endpointsOf, eventsOf, exportedNames, permissionsOf } from '../house/contracts';
import { checkHasEndpoints } from '../house/check-service';
import { refuse } from '../refusal';
import { isKebab, isReserved, pluralOf, singularOf, type Words, wordsOf } from '../words';

export interface CapabilityOptions {
  name: string;
  service: string;
  entity?: string;
}

export interface CapabilityPlan {
  service: Words;
  capability: Words;
  entity: Words;
  /** Several of the entity. */
  entities: Words;
}

/** Words that mean something else where a class, model or variable of that name would stand. */
const RESERVED = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  'Record',
  'Partial',
  'Pick',
  'Omit',
  'Call',
  'Database',
  'Outbox',
  'Prisma',
  'PrismaClient',
  'Principal',
  'Tx',
  'Row',
  'Id',
]);

export function planOf({ name, service, entity }: CapabilityOptions): CapabilityPlan {
  if (!isKebab(name)) refuse(`“${name}” is no name: use small letters and single dashes, as in spare-parts.`);
  const one = entity ?? singularOf(name);
  if (!isKebab(one)) refuse(`“${one}” is no name: use small letters and single dashes, as in spare-part.`);
  return {
    service: wordsOf(service),
    capability: wordsOf(name),
    entity: wordsOf(one),
    entities: wordsOf(pluralOf(one)),
  };
}

/** Refuses what would meet something that is there already. */
export function checkNames(tree: Tree, { service, capability, entity, entities }: CapabilityPlan): void {
  if (RESERVED.has(entity.pascal) || isReserved(entity.kebab))
    refuse(`“${entity.kebab}” means something else in the code: choose another with --entity.`);
  if (capability.kebab === service.kebab)
    refuse(`A capability cannot be named like its service: choose another name than ${capability.kebab}.`);
  const names = exportedNames(tree);
  const wanted = [
    entity.pascal,
    ...[`create${entity.pascal}`, `list${entities.pascal}`, `read${entity.pascal}`, `${entity.camel}Created`],
  ];
  const taken = wanted.find((it) => names.has(it));
  if (taken) refuse(`The contracts have ${taken} already: choose another name, or another --entity.`);
  const endpoints = endpointsOf(tree);
  if (endpoints.some((it) => it.path === `/${capability.kebab}` || it.id.startsWith(`${capability.kebab}.`)))
    refuse(`There are endpoints of ${capability.kebab} already: choose another name.`);
  if (permissionsOf(tree).some((it) => it.startsWith(`${entity.kebab}.`)))
    refuse(`There are permissions of ${entity.kebab} already: choose another --entity.`);
  if (eventsOf(tree).some((it) => it.type === `orion.${service.kebab}.${entity.kebab}.created.v1`))
    refuse(
      `There is an event orion.${service.kebab}.${entity.kebab}.created.v1 already: choose another --entity.`,
    );
}

export function checkPlace(tree: Tree, { service, capability, entity }: CapabilityPlan): void {
  checkHasEndpoints(tree, service.kebab);
  if (capabilitiesOf(tree, service.kebab).includes(capability.kebab))
    refuse(`${service.kebab} has a capability ${capability.kebab} already: choose another name.`);
  if (modelsOf(tree, service.kebab).some((it) => it.name === entity.pascal || it.table === entity.snake))
    refuse(`${service.kebab} has a table ${entity.snake} already: choose another --entity.`);
}
