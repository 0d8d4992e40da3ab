import { formatFiles, generateFiles, getProjects, type Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addCapability } from '../capability/capability.generator';
import { type CapabilityPlan, checkNames, planOf } from '../capability/plan';
import { addFolder } from '../edit/architecture';
import { addOwner } from '../edit/code-owners';
import { appendTo } from '../edit/list';
import { sourceOf } from '../house/apps';
import { SERVICES_FILE, servicesOf } from '../house/contracts';
import { edit } from '../house/files';
import { refuse } from '../refusal';
import { tellNext } from '../tell-next';
import { isKebab, pluralOf, sentence, singularOf } from '../words';

export interface ServiceOptions {
  name: string;
  owner?: string;
  capability?: string;
  entity?: string;
}

/** What a service of that name would be mistaken for: database roles, folders, words of the platform. */
const RESERVED = [
  'admin',
  'all',
  'app',
  'audit',
  'core',
  'mail',
  'orion',
  'platform',
  'shared',
  'test',
  'worker',
];

function checkService(tree: Tree, name: string, owner: string): void {
  if (!isKebab(name))
    refuse(`“${name}” is no name: use small letters and single dashes, as in field-reports.`);
  if (servicesOf(tree).includes(name)) refuse(`There is a service ${name} already: choose another name.`);
  if (RESERVED.includes(name) || getProjects(tree).has(name))
    refuse(`${name} is the name of something else in this workspace: choose another.`);
  if (tree.exists(`apps/${name}`)) refuse(`There is a folder apps/${name} already: choose another name.`);
  if (!/^@[\w-]+(\/[\w.-]+)?$/.test(owner))
    refuse(`“${owner}” is no owner: give a team or a person, as in --owner=@orion/${name}.`);
}

/** The plural of the service's name; where that is the name itself, the records of one of it. */
const firstCapability = (name: string): string =>
  singularOf(name) === name ? pluralOf(name) : `${singularOf(name)}-records`;

function addService(tree: Tree, { service }: CapabilityPlan, owner: string): void {
  const files = join(__dirname, 'files');
  generateFiles(tree, files, `apps/${service.kebab}`, { service, name: service.kebab, sentence });
  edit(tree, SERVICES_FILE, (text) => appendTo(text, 'SERVICES', `'${service.kebab}'`));
  edit(tree, 'CODEOWNERS', (text) => addOwner(text, service.kebab, owner));
}

/** `nx g service fleet --owner=@orion/fleet --capability=vehicles` */
export default async function service(tree: Tree, options: ServiceOptions): Promise<() => void> {
  const { name, owner = `@orion/${name}`, capability = firstCapability(name), entity } = options;
  checkService(tree, name, owner);
  const plan = planOf({ name: capability, service: name, entity });
  checkNames(tree, plan);
  addService(tree, plan, owner);
  addCapability(tree, plan, 'init');
  edit(tree, 'docs/architecture.md', (text) => addFolder(text, name, plan.entities.text));
  await formatFiles(tree);
  const { entity: one } = plan;
  return tellNext(`${sourceOf(name)}/${capability}/create-${one.kebab}.use-case.ts`, [name, 'contracts']);
}
