import type { Model } from '../house/schema';
import type { Words } from '../words';

/**
 * What an endpoint does to begin with: `read` one row, `list` rows, `create` one, `change` or `remove` one; `echo`
 * says who asks for what, where there is no table to work on.
 */
export type Kind = 'echo' | 'list' | 'read' | 'create' | 'change' | 'remove';

/** How a row is shown. */
export interface View {
  /** The schema of the reply, as the contract writes it. */
  schema: string;
  /** Makes the reply from `row`. */
  code: string;
  /** Where the code needs something imported from: a file of the capability, and the name. */
  mapper?: readonly [module: string, name: string];
}

export interface EndpointPlan {
  id: string;
  service: string;
  capability: string;
  method: string;
  path: string;
  access: string;
  summary: string;
  kind: Kind;
  /** Constant of the contract; the controller's use case bears the same name. */
  constant: string;
  /** The use case: its file, its class. */
  useCase: Words;
  /** The controller's method. */
  verb: string;
  model: Model | undefined;
  /** The text column a write sets. */
  field: string | undefined;
  view: View | undefined;
  /** The room of the service's tests that has rows of the model. */
  room: string | undefined;
  /** Files that gain something. */
  contractFile: string;
  controllerFile: string;
  moduleFile: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const isMethod = (method: string): boolean => METHODS.includes(method);

/** What an endpoint does, by its method and by what it works on. */
export function kindOf(method: string, takesId: boolean, model: Model | undefined): Kind | undefined {
  if (takesId) return ({ GET: 'read', DELETE: 'remove' }[method] as Kind | undefined) ?? 'change';
  if (method === 'GET') return model ? 'list' : 'echo';
  if (method === 'POST') return model ? 'create' : 'echo';
  return undefined;
}

const STATUS: Partial<Record<Kind, number>> = { create: 201, remove: 204 };

/** What the endpoint takes: as the contract writes it, with the names the text needs. */
function inputOf({ kind, method, field }: EndpointPlan): string {
  const value = field === 'name' ? 'Name' : 'z.string().trim().min(1).max(500)';
  const body = `z.strictObject({ ${field ?? 'text'}: ${value} })`;
  if (kind === 'list') return '{ query: PageQuery }';
  if (kind === 'create') return `{ body: ${body} }`;
  if (kind === 'change') return `{ params: IdParams, body: ${body} }`;
  if (kind === 'echo') return `{ ${method === 'GET' ? 'query' : 'body'}: ${body} }`;
  return '{ params: IdParams }';
}

function replyOf({ kind, view }: EndpointPlan): string {
  if (kind === 'remove') return 'z.undefined()';
  if (kind === 'list') return `page(${view?.schema})`;
  return view?.schema ?? 'z.object({ organizationId: Id, userId: Id, text: z.string() })';
}

/** The entry of the contract. */
export function contractText(plan: EndpointPlan): string {
  const status = STATUS[plan.kind];
  const lines = [
    `id: '${plan.id}'`,
    `service: '${plan.service}'`,
    `method: '${plan.method}'`,
    `path: '${plan.path}'`,
    `summary: '${plan.summary.replaceAll("'", '’')}'`,
    `access: '${plan.access}'`,
    ...(plan.method === 'POST' ? [`idempotency: 'optional'`] : []),
    ...(status ? [`status: ${status}`] : []),
    `input: ${inputOf(plan)}`,
    `reply: ${replyOf(plan)}`,
    ...(plan.path.includes('/:id') ? [`errors: ['NOT_FOUND']`] : []),
  ];
  return `\nexport const ${plan.constant} = endpoint({\n${lines.join(',\n')},\n});\n`;
}

const PRIMITIVES = ['Id', 'IdParams', 'Name', 'Timestamp'];
const PAGE = ['page', 'PageQuery'];

/** What the entry's text needs imported. */
export function contractImports(entry: string): (readonly [module: string, name: string])[] {
  const uses = (name: string): boolean => new RegExp(`(?<![\\w.'])${name}\\b(?!['\\w:])`).test(entry);
  return [
    ...(uses('z') ? [['zod', 'z'] as const] : []),
    ...PRIMITIVES.filter(uses).map((it) => ['../core/primitives', it] as const),
    ...PAGE.filter(uses).map((it) => ['../core/page', it] as const),
  ];
}
