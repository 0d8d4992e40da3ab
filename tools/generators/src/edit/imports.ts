import * as ts from 'typescript';
import { insert, parse, replace } from './source';

/** Packages come before files of one's own; both by the alphabet. */
const rank = (module: string): string => `${module.startsWith('.') ? 1 : 0}${module}`;

const plain = (name: string): string => name.replace(/^type /, '').toLowerCase();

const importsOf = (text: string): ts.ImportDeclaration[] =>
  parse(text).statements.filter(ts.isImportDeclaration);

const moduleOf = (it: ts.ImportDeclaration): string => (it.moduleSpecifier as ts.StringLiteral).text;

/** The names an import takes, as written; undefined for one that takes none by name. */
function namesIn({ importClause }: ts.ImportDeclaration): string[] | undefined {
  const bindings = importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return undefined;
  const allTypes = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return bindings.elements.map((it) => (allTypes ? `type ${it.getText()}` : it.getText()));
}

/** `import { a, type B } from 'module'`, or `import type` where nothing of it is there at run time. */
export function importOf(module: string, ...names: string[]): string {
  const allTypes = names.every((it) => it.startsWith('type '));
  const list = [...names]
    .sort((a, b) => plain(a).localeCompare(plain(b)))
    .map((it) => (allTypes ? it.slice('type '.length) : it));
  return `import ${allTypes ? 'type ' : ''}{ ${list.join(', ')} } from '${module}';`;
}

function addDeclaration(text: string, module: string, declaration: string): string {
  const imports = importsOf(text);
  const next = imports.find((it) => rank(moduleOf(it)) > rank(module));
  if (next) return insert(text, next.getStart(), `${declaration}\n`);
  const last = imports.at(-1);
  return last ? insert(text, last.end, `\n${declaration}`) : `${declaration}\n\n${text}`;
}

/** Adds a name to what is imported from a module; `type X` for what is needed as a type only. */
export function addImport(text: string, module: string, name: string): string {
  const own = importsOf(text).filter((it) => moduleOf(it) === module && namesIn(it) !== undefined);
  const known = own.flatMap((it) => namesIn(it) ?? []);
  if (known.includes(name) || known.includes(name.replace(/^type /, ''))) return text;
  const [first] = own;
  if (!first) return addDeclaration(text, module, importOf(module, name));
  const others = (namesIn(first) ?? []).filter((it) => plain(it) !== plain(name));
  return replace(text, { pos: first.getStart(), end: first.end }, importOf(module, ...others, name));
}

export const addImports = (
  text: string,
  imports: readonly (readonly [module: string, name: string])[],
): string => imports.reduce((result, [module, name]) => addImport(result, module, name), text);

const folderOf = (module: string): string => module.slice(0, module.lastIndexOf('/') + 1);

/** Adds `import * as name from 'module'` after the last import out of the same folder, or after all. */
export function addNamespaceImport(text: string, module: string, name: string): string {
  const imports = importsOf(text);
  if (imports.some((it) => moduleOf(it) === module)) return text;
  const neighbour = imports.filter((it) => folderOf(moduleOf(it)) === folderOf(module)).at(-1);
  const declaration = `import * as ${name} from '${module}';`;
  const after = neighbour ?? imports.at(-1);
  return after ? insert(text, after.end, `\n${declaration}`) : `${declaration}\n\n${text}`;
}

/** Adds `export * from 'module'` after the last one out of the same folder, or out of any folder. */
export function addExportAll(text: string, module: string): string {
  const all = parse(text).statements.filter(ts.isExportDeclaration);
  const target = (it: ts.ExportDeclaration): string => (it.moduleSpecifier as ts.StringLiteral).text;
  if (all.some((it) => target(it) === module)) return text;
  const neighbour = all.filter((it) => folderOf(target(it)) === folderOf(module)).at(-1);
  const after = neighbour ?? all.filter((it) => folderOf(target(it)) !== './').at(-1);
  const line = `export * from '${module}';`;
  return after ? insert(text, after.end, `\n${line}`) : `${text}${line}\n`;
}
