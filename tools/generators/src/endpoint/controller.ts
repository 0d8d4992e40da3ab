import { addMethod, addParameter, addToModule, memberNames, parameterOf } from '../edit/classes';
import { addImports } from '../edit/imports';
import type { EndpointPlan } from './plan';

/** The arguments of the use case, out of what the method destructures or out of `call`. */
function argumentsOf({ kind, method }: EndpointPlan, of: string): string[] {
  const id = [`${of}params.id`];
  const body = [`${of}body`];
  if (kind === 'echo') return [method === 'GET' ? `${of}query` : `${of}body`];
  return { list: [`${of}query`], read: id, remove: id, create: body, change: [...id, ...body] }[kind];
}

/** What of the call a method without idempotency needs. */
const partsOf = (plan: EndpointPlan): string =>
  ['principal', ...new Set(argumentsOf(plan, '').map((it) => it.split('.')[0]))].join(', ');

/** The method, on a controller that has a database and the use case at hand. */
export function methodText(plan: EndpointPlan, name: string, database: string): string {
  const { kind, method, constant } = plan;
  const head = (parameter: string, async = ''): string =>
    `@Implements(${constant})\n${async}${name}(@TheCall() ${parameter}: Call<typeof ${constant}>): Promise<Out<typeof ${constant}>>`;
  const run = (...given: string[]): string => `this.${constant}.run(${given.join(', ')})`;
  if (method === 'POST') {
    const given = ['call.principal', ...argumentsOf(plan, 'call.')];
    const work = kind === 'echo' ? `async () => ${run(...given)}` : `(tx) => ${run('tx', ...given)}`;
    return `${head('call')} { return this.${database}.execute(call, ${work}); }`;
  }
  const given = ['principal', ...argumentsOf(plan, '')];
  if (kind === 'echo') return `${head(`{ ${partsOf(plan)} }`, 'async ')} { return ${run(...given)}; }`;
  return `${head(`{ ${partsOf(plan)} }`)} {
    return this.${database}.tenant(principal.organizationId, (tx) => ${run('tx', ...given)});
  }`;
}

/** The controller with the method and what it stands on. */
export function withMethod(text: string, plan: EndpointPlan): string {
  const { constant, useCase, verb, kind, method } = plan;
  const needsDatabase = kind !== 'echo' || method === 'POST';
  const database = parameterOf(text, 'Database');
  const name = memberNames(text).includes(verb) ? constant : verb;
  const imported = addImports(text, [
    ['@orion/contracts', constant],
    ['@orion/contracts', 'type Out'],
    ['@orion/security', 'type Call'],
    ['@orion/service', 'Implements'],
    ['@orion/service', 'TheCall'],
    [`./${useCase.kebab}.use-case`, useCase.pascal],
    ...(needsDatabase && !database
      ? ([
          ['@orion/database', 'Database'],
          ['../generated/prisma/client', 'type PrismaClient'],
        ] as const)
      : []),
  ]);
  const equipped =
    needsDatabase && !database
      ? addParameter(imported, 'private readonly database: Database<PrismaClient>')
      : imported;
  const injected = addParameter(equipped, `private readonly ${constant}: ${useCase.pascal}`);
  return addMethod(injected, methodText(plan, name, database ?? 'database'));
}

/** The capability's module with the use case among its providers. */
export const withProvider = (text: string, { kebab, pascal }: EndpointPlan['useCase']): string =>
  addToModule(addImports(text, [[`./${kebab}.use-case`, pascal]]), 'providers', pascal);
