import type { Tree } from '@nx/devkit';
import * as ts from 'typescript';
import { all, nameOf, parse, property, stringIn, valueOf } from '../edit/source';
import { filesIn, read } from './files';

export const CONTRACTS = 'libs/contracts/src';
export const SERVICES_FILE = `${CONTRACTS}/core/services.ts`;
export const PERMISSIONS_FILE = `${CONTRACTS}/core/permissions.ts`;

export interface KnownEndpoint {
  /** The file below `libs/contracts/src`, without `.ts`. */
  module: string;
  constant: string;
  id: string;
  service: string;
  method: string;
  path: string;
  access: string;
}

export interface KnownEvent {
  constant: string;
  type: string;
  webhook: string | undefined;
}

const ofService = (tree: Tree, folder: string, ending: string): string[] =>
  filesIn(tree, folder).filter((it) => it.endsWith(ending));

const elements = (value: ts.Expression | undefined): string[] =>
  value && ts.isArrayLiteralExpression(value) ? value.elements.flatMap((it) => stringIn(it) ?? []) : [];

/** The services of the platform. */
export const servicesOf = (tree: Tree): string[] =>
  elements(valueOf(parse(read(tree, SERVICES_FILE)), 'SERVICES'));

export function permissionsOf(tree: Tree): string[] {
  const value = valueOf(parse(read(tree, PERMISSIONS_FILE)), 'PERMISSIONS');
  if (!value || !ts.isObjectLiteralExpression(value)) throw new Error('PERMISSIONS is no object');
  return value.properties.flatMap((it) => nameOf(it) ?? []);
}

/** The object a constant of a file is made from by `endpoint({ … })` or `event({ … })`, by the constant's name. */
function made(file: ts.SourceFile, maker: string): [constant: string, spec: ts.ObjectLiteralExpression][] {
  return all(file, ts.isVariableDeclaration).flatMap((it) => {
    const call = it.initializer;
    if (!call || !ts.isCallExpression(call) || call.expression.getText() !== maker) return [];
    const [spec] = call.arguments;
    return spec && ts.isObjectLiteralExpression(spec) ? [[it.name.getText(), spec] as const] : [];
  }) as [string, ts.ObjectLiteralExpression][];
}

/** A string, or a template that begins with a constant of the same file. */
function textOf(file: ts.SourceFile, value: ts.Expression | undefined): string {
  if (value && ts.isTemplateExpression(value)) {
    return value.templateSpans.reduce(
      (text, span) => text + (stringIn(valueOf(file, span.expression.getText())) ?? '') + span.literal.text,
      value.head.text,
    );
  }
  return stringIn(value) ?? '';
}

export const endpointsOf = (tree: Tree): KnownEndpoint[] =>
  ofService(tree, CONTRACTS, '.contract.ts').flatMap((path) => {
    const file = parse(read(tree, path));
    return made(file, 'endpoint').map(([constant, spec]) => {
      const field = (name: string): string => textOf(file, property(spec, name));
      return {
        module: path.slice(CONTRACTS.length + 1, -'.ts'.length),
        constant,
        id: field('id'),
        service: field('service'),
        method: field('method'),
        path: field('path'),
        access: field('access'),
      };
    });
  });

export const eventsOf = (tree: Tree): KnownEvent[] =>
  ofService(tree, CONTRACTS, '.events.ts').flatMap((path) => {
    const file = parse(read(tree, path));
    return made(file, 'event').map(([constant, spec]) => {
      const webhook = property(spec, 'webhook');
      const name = webhook && ts.isObjectLiteralExpression(webhook) ? property(webhook, 'type') : undefined;
      return { constant, type: textOf(file, property(spec, 'type')), webhook: stringIn(name) };
    });
  });

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((it) => it.kind === ts.SyntaxKind.ExportKeyword);

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((it) => it.name.getText());
  const named = statement as ts.Statement & { name?: ts.Node };
  return named.name ? [named.name.getText()] : [];
}

/** Names a file exports. */
export const exportsOf = (text: string): string[] =>
  parse(text).statements.filter(isExported).flatMap(declaredBy);

/** Every name `@orion/contracts` exports. */
export const exportedNames = (tree: Tree): Set<string> =>
  new Set(
    filesIn(tree, CONTRACTS)
      .filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
      .flatMap((it) => exportsOf(read(tree, it))),
  );
