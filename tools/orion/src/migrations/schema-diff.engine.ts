import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { inWorkspace } from '../state/workspace';

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

const EMPTY = 'datasource db {\n  provider = "postgresql"\n}\n';

/** The engine leaves a timer of 10 s behind, which must not keep the process alive. */
const importsOf = (bindings: Bindings): object =>
  Object.fromEntries(
    Object.entries(bindings).map(([name, value]: [string, unknown]) =>
      name.startsWith('__wbg_setTimeout')
        ? [name, (later: () => void, ms: number) => setTimeout(later, ms >>> 0).unref()]
        : [name, value],
    ),
  );

let loading: Promise<Bindings> | undefined;

async function load(): Promise<Bindings> {
  const nodeRequire = createRequire(inWorkspace('package.json'));
  const path = nodeRequire.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = nodeRequire(path) as Bindings;
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': importsOf(bindings) });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

/**
 * The SQL that leads from one Prisma schema to another; an empty text stands for an empty database. The engine asks
 * the server at `url` for its version and leaves it as it is.
 */
export async function diffSchemas(url: string, from: string, to: string): Promise<string> {
  // Once only: a second instance would take over the first one's memory.
  loading ??= load();
  const { SchemaEngine: Engine } = await loading;
  const pool = new Pool({ connectionString: url, max: 1 });
  const engine = await Engine.new(
    { datamodels: [['schema.prisma', EMPTY]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)),
  );
  const target = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: content === '' ? EMPTY : content }],
  });
  try {
    const { stdout } = await engine.diff({
      from: target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    engine.free();
    await pool.end();
  }
}
