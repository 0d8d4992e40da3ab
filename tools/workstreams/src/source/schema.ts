import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A service's tables, from its schema and its migrations. */
export interface Schema {
  project: string;
  /** Tables of the models, by the names they have in the database. */
  models: string[];
  /** Tables the migrations make. */
  tables: string[];
  /** Tables that foreign keys point at. */
  referenced: string[];
  migrations: number;
}

function modelsOf(schema: string): string[] {
  return [...schema.matchAll(/^model\s+(\w+)\s*\{([^}]*)\}/gm)].map(
    ([, name, body]) => /@@map\("([^"]+)"\)/.exec(body ?? '')?.[1] ?? name ?? '',
  );
}

const withoutComments = (sql: string): string => sql.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');

/** A name as PostgreSQL reads it: small letters unless it is quoted. */
const folded = (name: string): string =>
  name.replace(/"([^"]*)"|(\w+)/g, (_, quoted: string | undefined, plain: string | undefined) =>
    quoted === undefined ? (plain ?? '').toLowerCase() : quoted,
  );

const matches = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => folded(name ?? ''))),
];

const NAME = '((?:"?\\w+"?\\.)?"?\\w+"?)';
const CREATED = new RegExp(`\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${NAME}`, 'gi');
const REFERENCED = new RegExp(`\\bREFERENCES\\s+${NAME}`, 'gi');

export function schemaOf(project: string, schema: string, migrations: readonly string[]): Schema {
  const sql = migrations.map(withoutComments).join('\n');
  return {
    project,
    models: modelsOf(schema),
    tables: matches(sql, CREATED),
    referenced: matches(sql, REFERENCED),
    migrations: migrations.length,
  };
}

/** The schema of the project in `folder`; undefined where it has none. */
export function readSchema(
  root: string,
  project: { name: string; root: string },
  paths: readonly string[],
): Schema | undefined {
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  const schema = `${project.root}/prisma/schema.prisma`;
  if (!paths.includes(schema)) return undefined;
  const migrations = paths.filter(
    (path) => path.startsWith(`${project.root}/prisma/migrations/`) && path.endsWith('.sql'),
  );
  return schemaOf(project.name, text(schema), migrations.map(text));
}
