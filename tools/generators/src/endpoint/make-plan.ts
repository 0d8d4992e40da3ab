import type { Tree } from '@nx/devkit';
import { migrationsOf, modelsOf, roomsFile } from '../house/apps';
import { CONTRACTS, endpointsOf, exportedNames, type KnownEndpoint, permissionsOf } from '../house/contracts';
import {
  columnOf,
  fieldOf,
  isChecked,
  type Model,
  neededFields,
  referrersOf,
  textFields,
} from '../house/schema';
import { listed } from '../listed';
import { refuse } from '../refusal';
import { isKebab, pluralOf, sentence, singularOf, type Words, withArticle, wordsOf } from '../words';
import { type EndpointPlan, isMethod, type Kind, kindOf } from './plan';
import {
  checkPlace,
  contractModule,
  controllerOf,
  mapperOf,
  modelOf,
  moduleOf,
  roomOfModel,
  roomsOf,
  usualAccess,
  viewOf,
} from './surroundings';

export interface EndpointOptions {
  id: string;
  service: string;
  capability: string;
  method: string;
  path: string;
  access?: string;
  model?: string;
  field?: string;
  summary?: string;
}

const PATH = /^(\/([a-z][a-z0-9-]*|:id))+$/;
const shapeOf = (path: string): string => path.replaceAll(/:\w+/g, ':');

function checkWords({ id, method, path }: EndpointOptions, endpoints: readonly KnownEndpoint[]): void {
  const parts = id.split('.');
  if (parts.length !== 2 || !parts.every(isKebab))
    refuse(`“${id}” is no id of an endpoint: say room and verb, as in vehicles.rename.`);
  if (!isMethod(method)) refuse(`“${method}” is no method: choose GET, POST, PUT, PATCH or DELETE.`);
  if (!PATH.test(path) || path.split(':').length > 2)
    refuse(`“${path}” is no path: begin with /, use small letters and dashes, and no parameter but one :id.`);
  if (endpoints.some((it) => it.id === id)) refuse(`There is an endpoint ${id} already: choose another id.`);
  const there = endpoints.find((it) => it.method === method && shapeOf(it.path) === shapeOf(path));
  if (there) refuse(`${method} ${path} is answered by ${there.id} already: choose another path.`);
}

function accessOf(tree: Tree, access: string | undefined, usual: string | undefined): string {
  const permissions = permissionsOf(tree);
  if (access === 'public') refuse('What everybody may call without a token is written by hand.');
  if (access !== undefined && access !== 'authenticated' && !permissions.includes(access))
    refuse(
      `There is no permission ${access}: add it to core/permissions.ts and auth/roles.ts first, or name another.`,
    );
  return access ?? usual ?? refuse('Say with --access who may call it: a permission, or authenticated.');
}

/** The text column a write sets; refuses one that nothing can be written to just so. */
function fieldFor(
  tree: Tree,
  service: string,
  kind: Kind,
  model: Model,
  wanted?: string,
): string | undefined {
  const fields = textFields(model);
  const field = wanted ?? fields.find((it) => it === 'name');
  if (wanted !== undefined && !fields.includes(wanted))
    refuse(`${model.name} has no text column ${wanted}: name one of ${listed(fields)} with --field.`);
  if (kind !== 'create' && kind !== 'change') return wanted;
  if (field === undefined)
    return refuse(`Say with --field which column of ${model.name} it sets: ${listed(fields, 'or')}.`);
  const column = fieldOf(model, field);
  if (column && isChecked(migrationsOf(tree, service), columnOf(column)))
    refuse(
      `The database checks what ${model.name}.${field} may hold, so this endpoint has to be written by hand.`,
    );
  return field;
}

/** What a new row needs beside one text. */
const othersNeeded = (model: Model, field = 'name'): string[] =>
  neededFields(model).filter((it) => it !== field);

/** Whether a capability's own rows can be listed, or created from one text, without anybody saying how. */
const isEasy = (tree: Tree, { service, capability, method, field }: EndpointOptions, model: Model): boolean =>
  mapperOf(tree, service, capability, model) !== undefined &&
  (method.toUpperCase() === 'GET' || othersNeeded(model, field).length === 0);

function checkModel(tree: Tree, service: string, kind: Kind, model: Model, field: string | undefined): void {
  const others = othersNeeded(model, field);
  if (kind === 'create' && others.length > 0)
    refuse(`A new ${model.name} also needs ${listed(others)}, so this endpoint has to be written by hand.`);
  const referrers = referrersOf(modelsOf(tree, service), model);
  if (kind === 'remove' && referrers.length > 0)
    refuse(`${listed(referrers)} refer to ${model.name}: what becomes of them is decided by hand.`);
}

/** rename-vehicle, change-color-of-vehicle, read-vehicle-history, list-idle-vehicles */
function nameOf(verb: string, thing: string, kind: Kind): Words {
  if (kind === 'list') return wordsOf(`list-${verb === 'list' ? '' : `${verb}-`}${pluralOf(thing)}`);
  if (kind === 'read') return wordsOf(`read-${thing}${verb === 'read' ? '' : `-${verb}`}`);
  return wordsOf(`${verb}${verb.includes('-') ? '-of' : ''}-${thing}`);
}

const SUMMARIES: Record<Kind, (verb: Words, thing: Words) => string> = {
  echo: (verb, thing) => `${sentence(thing.text)}: ${verb.text}`,
  list: (_, thing) => `${sentence(pluralOf(thing.text))}, newest first`,
  read: (verb, thing) => `${sentence(thing.text)}: ${verb.text}`,
  create: (_, thing) => `Create ${withArticle(thing.text)}`,
  change: (verb, thing) =>
    `${sentence(verb.text)}${verb.text.includes(' ') ? ' of' : ''} ${withArticle(thing.text)}`,
  remove: (_, thing) => `Remove ${withArticle(thing.text)}`,
};

function roomFor(tree: Tree, service: string, path: string, model: Model | undefined): string | undefined {
  const rooms = roomsOf(tree, service);
  const [, named] = /([a-z0-9-]+)\/:id/.exec(path) ?? [];
  if (named === undefined) return model && roomOfModel(rooms, model);
  if (!rooms.includes(named))
    refuse(
      `The tests of ${service} cannot make a row of ${named}: teach them in ${roomsFile(service)} first.`,
    );
  return named;
}

/** Everything that is to be known of the endpoint; refuses what cannot be made. */
export function makePlan(tree: Tree, options: EndpointOptions): EndpointPlan {
  const { id, service, capability, path } = options;
  const method = options.method.toUpperCase();
  const endpoints = endpointsOf(tree);
  checkPlace(tree, service, capability);
  checkWords({ ...options, method }, endpoints);
  const [room = '', verb = ''] = id.split('.');
  const takesId = path.includes('/:id');
  const named = /([a-z0-9-]+)\/:id/.exec(path)?.[1];
  const meant = modelOf(tree, service, { model: options.model, names: named ? [named] : [capability] });
  const model = meant && (named ?? options.model ?? isEasy(tree, options, meant)) ? meant : undefined;
  if (takesId && !model)
    refuse(`Say with --model whose rows ${path} means: no model of ${service} is named like it.`);
  const kind =
    kindOf(method, takesId, model) ??
    refuse(`${method} wants the id of what it is about: end the path in /:id.`);
  if (model) checkModel(tree, service, kind, model, options.field);
  const field = model && fieldFor(tree, service, kind, model, options.field);
  const controller = controllerOf(tree, service, capability, room);
  const module = contractModule(endpoints, service, capability, controller);
  const thing = model ? model.table.replaceAll('_', '-') : singularOf(room);
  const useCase = nameOf(verb, thing, kind);
  if (exportedNames(tree).has(useCase.camel))
    refuse(`The contracts have ${useCase.camel} already: choose another id.`);
  const contractFile = `${CONTRACTS}/${module}.ts`;
  return {
    ...{ id, service, capability, method, path, kind, model, field, contractFile, useCase },
    access: accessOf(tree, options.access, usualAccess(endpoints, module, method)),
    summary: options.summary ?? SUMMARIES[kind](wordsOf(verb), wordsOf(thing)),
    constant: useCase.camel,
    verb: wordsOf(verb).camel,
    view: model && viewOf(tree, { service, capability, contractFile }, model, field),
    room: roomFor(tree, service, path, model),
    controllerFile: controller.path,
    moduleFile: moduleOf(tree, service, capability),
  };
}
