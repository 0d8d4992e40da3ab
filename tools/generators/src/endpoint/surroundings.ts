import type { Tree } from '@nx/devkit';
import * as ts from 'typescript';
import { nameOf, parse, valueOf } from '../edit/source';
import {
  capabilitiesOf,
  capabilityModule,
  controllersOf,
  type KnownController,
  modelsOf,
  roomsFile,
  sourceOf,
} from '../house/apps';
import { CONTRACTS, endpointsOf, exportsOf, type KnownEndpoint } from '../house/contracts';
import { read } from '../house/files';
import { fieldOf, isTenantModel, type Model } from '../house/schema';
import { checkHasEndpoints } from '../house/check-service';
import { listed } from '../listed';
import { refuse } from '../refusal';
import { pluralOf, singularOf, wordsOf } from '../words';
import type { View } from './plan';

/** Refuses a service or capability that is not there, or without what an endpoint needs. */
export function checkPlace(tree: Tree, service: string, capability: string): void {
  checkHasEndpoints(tree, service);
  const capabilities = capabilitiesOf(tree, service);
  if (!capabilities.includes(capability))
    refuse(`${service} has no capability ${capability}: name one of ${listed(capabilities)}.`);
}

/** The module of the capability that provides its use cases. */
export const moduleOf = (tree: Tree, service: string, capability: string): string =>
  capabilityModule(tree, service, capability) ??
  refuse(`${sourceOf(service)}/${capability} has several modules and none named ${capability}.module.ts.`);

/** The controller of the capability that answers most endpoints of the room. */
export function controllerOf(tree: Tree, service: string, capability: string, room: string): KnownController {
  const rooms = new Map(endpointsOf(tree).map((it) => [it.constant, it.id.split('.')[0]]));
  const closeness = (it: KnownController): number =>
    it.implements.length + 100 * it.implements.filter((constant) => rooms.get(constant) === room).length;
  const [first] = controllersOf(tree, service, capability).sort((a, b) => closeness(b) - closeness(a));
  return (
    first ??
    refuse(`${sourceOf(service)}/${capability} has no controller: add one, or name another capability.`)
  );
}

/** The file that holds the capability's contracts. */
export function contractModule(
  endpoints: readonly KnownEndpoint[],
  service: string,
  capability: string,
  { implements: implemented }: KnownController,
): string {
  const ours = endpoints.filter((it) => it.service === service);
  const own = `${service}/${capability}.contract`;
  const near = ours.find((it) => it.module === own) ?? ours.find((it) => implemented.includes(it.constant));
  return near?.module ?? refuse(`No contract of ${capability} is found: add ${CONTRACTS}/${own}.ts first.`);
}

/** What callers of the nearest endpoints of the same kind have to be allowed; undefined where there are none. */
export function usualAccess(
  endpoints: readonly KnownEndpoint[],
  module: string,
  method: string,
): string | undefined {
  const reads = (it: string): boolean => it === 'GET';
  const near = endpoints
    .filter((it) => it.module === module && reads(it.method) === reads(method) && it.access !== 'public')
    .map((it) => it.access);
  const count = (access: string): number => near.filter((it) => it === access).length;
  return near.sort((a, b) => count(b) - count(a))[0];
}

/** The model a name of a path means: `bookings` → Booking, `subscriptions` → WebhookSubscription. */
function modelNamed(models: readonly Model[], name: string): Model | undefined {
  const { pascal } = wordsOf(singularOf(name));
  const like = models.filter((it) => it.name.endsWith(pascal));
  return models.find((it) => it.name === pascal) ?? (like.length === 1 ? like[0] : undefined);
}

/** The model an endpoint works on; undefined where none is named and none is meant. */
export function modelOf(
  tree: Tree,
  service: string,
  { model, names }: { model: string | undefined; names: readonly string[] },
): Model | undefined {
  const models = modelsOf(tree, service);
  if (model === undefined)
    return names.map((it) => modelNamed(models, it)).find((it) => it && isTenantModel(it));
  const found = models.find((it) => it.name === model);
  if (!found) refuse(`${service} has no model ${model}: name one of ${listed(models.map((it) => it.name))}.`);
  if (!isTenantModel(found))
    refuse(`Rows of ${model} belong to no organization, so this endpoint has to be written by hand.`);
  return found;
}

/** The names of the rooms that a service's tests know. */
export function roomsOf(tree: Tree, service: string): string[] {
  if (!tree.exists(roomsFile(service))) return [];
  const value = valueOf(parse(read(tree, roomsFile(service))), 'ROOMS');
  return value && ts.isObjectLiteralExpression(value)
    ? value.properties.flatMap((it) => nameOf(it) ?? [])
    : [];
}

/** The room whose rows are those of a model. */
export const roomOfModel = (rooms: readonly string[], model: Model): string | undefined =>
  rooms.find((it) => it === pluralOf(wordsOf(model.table.replaceAll('_', '-')).kebab));

/** The file and function by which a capability shows rows of a model; undefined where it has none of the name. */
export function mapperOf(
  tree: Tree,
  service: string,
  capability: string,
  model: Model,
): readonly [module: string, name: string] | undefined {
  const file = model.table.replaceAll('_', '-');
  const path = `${sourceOf(service)}/${capability}/${file}.ts`;
  const name = `to${model.name}`;
  return tree.exists(path) && exportsOf(read(tree, path)).includes(name) ? [`./${file}`, name] : undefined;
}

/** How rows are shown: as the capability shows them already, or by id, field, time and version. */
export function viewOf(
  tree: Tree,
  place: { service: string; capability: string; contractFile: string },
  model: Model,
  field: string | undefined,
): View {
  const mapper = mapperOf(tree, place.service, place.capability, model);
  if (mapper && exportsOf(read(tree, place.contractFile)).includes(model.name))
    return { schema: model.name, code: `${mapper[1]}(row)`, mapper };
  const parts: (readonly [name: string, schema: string, code: string])[] = [['id', 'Id', 'row.id']];
  const text = field === undefined ? undefined : fieldOf(model, field);
  if (text) parts.push([text.name, `z.string()${text.optional ? '.nullable()' : ''}`, `row.${text.name}`]);
  if (fieldOf(model, 'createdAt')?.optional === false)
    parts.push(['createdAt', 'Timestamp', 'row.createdAt.toISOString()']);
  if (fieldOf(model, 'version')?.type === 'Int') parts.push(['version', 'z.number().int()', 'row.version']);
  return {
    schema: `z.object({ ${parts.map(([key, schema]) => `${key}: ${schema}`).join(', ')} })`,
    code: `{ ${parts.map(([key, , code]) => `${key}: ${code}`).join(', ')} }`,
  };
}
