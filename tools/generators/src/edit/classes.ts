import * as ts from 'typescript';
import { append } from './list';
import { all, insert, nameOf, parse, property } from './source';

function onlyClass(text: string): ts.ClassDeclaration {
  const [found] = all(parse(text), ts.isClassDeclaration);
  if (!found) throw new Error('the file declares no class');
  return found;
}

const constructorOf = (it: ts.ClassDeclaration): ts.ConstructorDeclaration | undefined =>
  it.members.find(ts.isConstructorDeclaration);

/** Name of the constructor's parameter of a type such as `Database`, whatever its arguments. */
export function parameterOf(text: string, type: string): string | undefined {
  const parameters = constructorOf(onlyClass(text))?.parameters ?? [];
  return parameters
    .find((it) => it.type && ts.isTypeReferenceNode(it.type) && it.type.typeName.getText() === type)
    ?.name.getText();
}

/** Adds a parameter to the constructor of the file's class, which gets one where it has none. */
export function addParameter(text: string, parameter: string): string {
  const declaration = onlyClass(text);
  const existing = constructorOf(declaration);
  if (existing) return append(text, existing.parameters, parameter);
  const code = `constructor(${parameter}) {}`;
  const [first] = declaration.members;
  return first
    ? insert(text, first.getStart(undefined, true), `${code}\n\n`)
    : insert(text, declaration.members.pos, `\n${code}\n`);
}

const isPrivate = (member: ts.ClassElement): boolean =>
  ts.isMethodDeclaration(member) &&
  (ts.getModifiers(member) ?? []).some((it) => it.kind === ts.SyntaxKind.PrivateKeyword);

/** Adds a method to the file's class: after the others, but before those it keeps to itself. */
export function addMethod(text: string, code: string): string {
  const { members } = onlyClass(text);
  const first = members.find(isPrivate);
  return first
    ? insert(text, first.getStart(undefined, true), `${code}\n\n`)
    : insert(text, members.end, `\n\n${code}\n`);
}

export const memberNames = (text: string): string[] =>
  onlyClass(text).members.flatMap((it) => (it.name ? [it.name.getText()] : []));

/** Adds to a list of an object literal, such as `providers`; the list is made where it is missing. */
function addToList(text: string, object: ts.ObjectLiteralExpression, key: string, item: string): string {
  const list = property(object, key);
  if (!list) return append(text, object.properties, `${key}: [${item}]`);
  if (!ts.isArrayLiteralExpression(list)) throw new Error(`${key} is no array`);
  const there = list.elements.some((it) => it.getText() === item);
  return there ? text : append(text, list.elements, item);
}

const objects = (text: string): ts.ObjectLiteralExpression[] =>
  all(parse(text), ts.isObjectLiteralExpression);

const has = (object: ts.ObjectLiteralExpression, name: string): boolean =>
  object.properties.some((it) => nameOf(it) === name);

/** Adds a class to `providers`, `exports`, … of the file's `@Module`. */
export function addToModule(text: string, key: string, item: string): string {
  const decorator = all(parse(text), ts.isDecorator).find((it) => it.getText().startsWith('@Module('));
  const argument = decorator && all(decorator, ts.isObjectLiteralExpression)[0];
  if (!argument) throw new Error('the file declares no @Module({ … })');
  return addToList(text, argument, key, item);
}

/** Adds a module to the `imports` of a service's own module, which is made from its configuration. */
export function addToServiceModule(text: string, item: string): string {
  const returned = objects(text).find((it) => has(it, 'module') && has(it, 'imports'));
  if (!returned) throw new Error('the file makes no module with imports');
  return addToList(text, returned, 'imports', item);
}

/** Adds a consumer to those of `MessagingModule.forService`. */
export function addConsumer(text: string, item: string): string {
  const options = objects(text).find((it) => has(it, 'consumers'));
  if (!options) throw new Error('the file names no consumers');
  return addToList(text, options, 'consumers', item);
}
