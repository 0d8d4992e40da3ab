import * as ts from 'typescript';

export const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);

/** Every node below `root` that is one of these, in the order of the text. */
export function all<N extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is N): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

export const insert = (text: string, at: number, what: string): string =>
  text.slice(0, at) + what + text.slice(at);

export const replace = (text: string, { pos, end }: { pos: number; end: number }, what: string): string =>
  text.slice(0, pos) + what + text.slice(end);

/** The value a variable of the file is declared with, without `as const` and `satisfies`. */
export function valueOf(file: ts.SourceFile, variable: string): ts.Expression | undefined {
  const declaration = all(file, ts.isVariableDeclaration).find((it) => it.name.getText(file) === variable);
  return declaration?.initializer && bare(declaration.initializer);
}

const bare = (value: ts.Expression): ts.Expression =>
  ts.isAsExpression(value) || ts.isSatisfiesExpression(value) ? bare(value.expression) : value;

/** The text of a string without its quotes; undefined for anything else. */
export const stringIn = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

/** The name of a property as it is used: without quotes. */
export const nameOf = (property: ts.ObjectLiteralElementLike): string | undefined =>
  property.name && (ts.isStringLiteralLike(property.name) ? property.name.text : property.name.getText());

/** The value of a property of an object literal. */
export const property = (object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined =>
  object.properties.filter(ts.isPropertyAssignment).find((it) => nameOf(it) === name)?.initializer;
