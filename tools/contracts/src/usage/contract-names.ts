import ts from 'typescript';

const CONTRACTS = '@orion/contracts';

const bindingsOf = (statement: ts.Statement): ts.Node | undefined => {
  if (ts.isImportDeclaration(statement)) return statement.importClause?.namedBindings;
  return ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
};

const moduleOf = (statement: ts.Statement): string | undefined => {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const { moduleSpecifier } = statement;
  return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
};

/** Syntax of one file; types are not looked at. */
export const parse = (source: string, file: string): ts.SourceFile =>
  ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : undefined,
  );

/** What a file calls the contracts it imports: local name → name in `@orion/contracts`; `*` for all of them. */
export function contractBindings(tree: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of tree.statements) {
    const bindings = moduleOf(statement) === CONTRACTS ? bindingsOf(statement) : undefined;
    if (!bindings) continue;
    if (ts.isNamespaceImport(bindings)) found.set(bindings.name.text, '*');
    else if (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) {
      for (const { name, propertyName } of bindings.elements) {
        found.set(name.text, (propertyName ?? name).text);
      }
    }
  }
  return found;
}

/** The contract an expression names, such as `holdSlot` or `contracts.holdSlot`. */
export function contractNamed(
  node: ts.Node | undefined,
  bindings: ReadonlyMap<string, string>,
): string | undefined {
  if (!node) return undefined;
  if (ts.isIdentifier(node)) return bindings.get(node.text);
  const whole = ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression);
  return whole && bindings.get(node.expression.getText()) === '*' ? node.name.text : undefined;
}

/** Every name of `@orion/contracts` that a file uses. */
export function contractNames(source: string, file: string): Set<string> {
  if (!source.includes(CONTRACTS)) return new Set();
  const tree = parse(source, file);
  const bindings = contractBindings(tree);
  const names = new Set([...bindings.values()].filter((it) => it !== '*'));
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const name = contractNamed(node, bindings);
      if (name !== undefined) names.add(name);
    }
    ts.forEachChild(node, visit);
  };
  if ([...bindings.values()].includes('*')) visit(tree);
  return names;
}
