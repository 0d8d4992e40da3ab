import type { Tree } from '@nx/devkit';
import { addImports } from '../edit/imports';
import type { Words } from '../words';
import { CONTRACTS } from './contracts';
import { edit } from './files';
import { registerEvents } from './registers';

export interface EventEntry {
  constant: string;
  type: string;
  summary: string;
  /** Fields of the data by name, each with the schema it has. */
  fields: readonly (readonly [name: string, schema: string])[];
  webhook?: string | undefined;
}

function entryText({ constant, type, summary, fields, webhook }: EventEntry): string {
  const lines = [
    `type: '${type}'`,
    `summary: '${summary.replaceAll("'", '’')}'`,
    `data: z.object({ ${fields.map(([name, schema]) => `${name}: ${schema}`).join(', ')} })`,
    ...(webhook ? [`webhook: { type: '${webhook}' }`] : []),
  ];
  return `\nexport const ${constant} = event({\n${lines.join(',\n')},\n});\n`;
}

/** Declares an event in its service's file of events, which is made where it is missing. */
export function addEventEntry(tree: Tree, service: Words, entry: EventEntry): void {
  const path = `${CONTRACTS}/${service.kebab}/${service.kebab}.events.ts`;
  if (!tree.exists(path))
    tree.write(path, `import { z } from 'zod';\nimport { event } from '../core/event';\n`);
  registerEvents(tree, service);
  const primitives = ['Id', 'Timestamp'].filter((it) =>
    entry.fields.some(([, schema]) => schema.startsWith(it)),
  );
  edit(tree, path, (text) =>
    addImports(
      text + entryText(entry),
      primitives.map((it) => ['../core/primitives', it] as const),
    ),
  );
}
