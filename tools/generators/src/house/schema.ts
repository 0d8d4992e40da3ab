/** A column of a table as the Prisma schema names it. */
export interface Field {
  name: string;
  /** Without `?` and `[]`. */
  type: string;
  optional: boolean;
  list: boolean;
  attributes: string;
}

export interface Model {
  name: string;
  table: string;
  fields: Field[];
}

const MODEL = /^model (\w+) \{\n([\s\S]*?)^\}/gm;
const FIELD = /^ {2}(\w+)\s+(\w+)(\?|\[\])?[ \t]*(.*)$/gm;

/** The models of a Prisma schema. */
export const modelsIn = (schema: string): Model[] =>
  [...schema.matchAll(MODEL)].map(([, name = '', body = '']) => ({
    name,
    table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
    fields: [...body.matchAll(FIELD)].map(([, field = '', type = '', mark, attributes = '']) => ({
      name: field,
      type,
      optional: mark === '?',
      list: mark === '[]',
      attributes,
    })),
  }));

const SCALARS = new Set([
  'String',
  'Int',
  'BigInt',
  'Boolean',
  'DateTime',
  'Float',
  'Decimal',
  'Json',
  'Bytes',
]);

export const fieldOf = (model: Model, name: string): Field | undefined =>
  model.fields.find((it) => it.name === name);

/** The column a field is kept in. */
export const columnOf = ({ name, attributes }: Field): string =>
  /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name;

/** Whether every row belongs to one organization and has an id of its own. */
export const isTenantModel = (model: Model): boolean =>
  fieldOf(model, 'organizationId') !== undefined && fieldOf(model, 'id')?.type === 'String';

/** Fields that hold text for people: no ids, no numbers, no lists. */
export const textFields = (model: Model): string[] =>
  model.fields
    .filter((it) => it.type === 'String' && !it.list && !/@db\.Uuid|@id/.test(it.attributes))
    .map((it) => it.name);

/** Fields a new row has to be given, beside its id and its organization. */
export const neededFields = (model: Model): string[] =>
  model.fields
    .filter((it) => SCALARS.has(it.type) && !it.optional && !it.list)
    .filter((it) => !/@default|@id|@updatedAt/.test(it.attributes) && it.name !== 'organizationId')
    .map((it) => it.name);

/** Models whose rows refer to rows of this one. */
export const referrersOf = (models: readonly Model[], model: Model): string[] =>
  models
    .filter((it) =>
      it.fields.some((field) => field.type === model.name && /@relation\(/.test(field.attributes)),
    )
    .map((it) => it.name);

/** Whether a migration says what a column may hold. */
export function isChecked(migrations: readonly string[], column: string): boolean {
  const checks = migrations.flatMap((it) => it.match(/CHECK \([^;]*?(?=,\n|;|\n\))/g) ?? []);
  return checks.some((it) => new RegExp(`\\b${column}\\b`).test(it));
}
