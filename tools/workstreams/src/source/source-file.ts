import ts from 'typescript';

export interface Import {
  from: string;
  /** Name under which the other file exports it. */
  name: string;
}

/** A source file, and where the names that it uses come from. */
export interface SourceFile {
  path: string;
  tree: ts.SourceFile;
  /** By the name in this file; imports of types are left out. */
  imports: ReadonlyMap<string, Import>;
  /** Values of the file's own constants. */
  constants: ReadonlyMap<string, ts.Expression>;
}

function importsOf(tree: ts.SourceFile): Map<string, Import> {
  const imports = new Map<string, Import>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const clause = statement.importClause;
    const bindings = clause?.namedBindings;
    if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) continue;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName, isTypeOnly } of bindings.elements) {
      if (isTypeOnly) continue;
      imports.set(name.text, {
        from: statement.moduleSpecifier.text,
        name: (propertyName ?? name).text,
      });
    }
  }
  return imports;
}

function constantsOf(tree: ts.SourceFile): Map<string, ts.Expression> {
  const declarations = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(
    declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer ? [[name.text, initializer] as const] : [],
    ),
  );
}

export function sourceFile(path: string, text: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  return { path, tree, imports: importsOf(tree), constants: constantsOf(tree) };
}

/** Every node below one, itself included. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodes(child);
}
