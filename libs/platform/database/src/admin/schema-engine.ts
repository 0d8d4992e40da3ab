import { readFile } from 'node:fs/promises';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { Migration } from './migrations';

type Exports = Record<string, unknown> & { __wbindgen_start(): void };

interface Bindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: Exports): void;
}

/** A global of Node that TypeScript declares with the browser's types only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Exports } }>;
};

/**
 * Node's own `require`: the engine is an ES module, which test runners that replace `require` cannot load.
 */
const nodeRequire = process.getBuiltinModule('node:module').createRequire(__filename);

/** The engine leaves a timer of 10 s behind, which must not keep the process alive. */
const importsOf = (bindings: Bindings): object =>
  Object.fromEntries(
    Object.entries(bindings).map(([name, value]: [string, unknown]) =>
      name.startsWith('__wbg_setTimeout')
        ? [name, (run: () => void, ms: number) => setTimeout(run, ms >>> 0).unref()]
        : [name, value],
    ),
  );

let loading: Promise<Bindings> | undefined;

async function instantiate(): Promise<Bindings> {
  const path = nodeRequire.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = nodeRequire(path) as Bindings;
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': importsOf(bindings) });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

const EMPTY_SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n';

/**
 * Works with Prisma's official migration engine as WebAssembly: no download, same `_prisma_migrations` table. It is
 * loaded once, since a second instance would take over the first one's memory.
 */
async function withEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= instantiate();
  const { SchemaEngine: Engine } = await loading;
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const engine = await Engine.new(
    { datamodels: [['schema.prisma', EMPTY_SCHEMA]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/** Applies those of the migrations that the database lacks; answers their names. */
export const applyWithEngine = (
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: Migration[],
): Promise<string[]> =>
  withEngine(adapter, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: '',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  });

const target = (schema: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: 'schema.prisma', content: schema === '' ? EMPTY_SCHEMA : schema }],
});

/** The SQL that leads from one Prisma schema to another; an empty text stands for an empty database. */
export const diffWithEngine = (
  adapter: SqlMigrationAwareDriverAdapterFactory,
  from: string,
  to: string,
): Promise<string> =>
  withEngine(adapter, async (engine) => {
    const { stdout } = await engine.diff({
      from: target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  });
