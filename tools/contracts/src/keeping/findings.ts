import ts from 'typescript';
import { contractBindings, contractNamed, parse } from '../usage/contract-names';

/** Where code keeps a contract. */
export interface Kept {
  how: 'implements' | 'answers' | 'publishes';
  /** Name in `@orion/contracts`; undefined where the code does not name a contract itself. */
  contract: string | undefined;
  /** Class it stands in. */
  owner: string;
  line: number;
}

export interface Findings {
  kept: Kept[];
  /** Classes listed as `controllers` or `providers` of a module. */
  registered: string[];
}

const DECORATORS: Readonly<Record<string, Kept['how']>> = { Implements: 'implements', Answers: 'answers' };

const classAround = (node: ts.Node): string => {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isClassDeclaration(at)) return at.name?.text ?? '';
  }
  return '';
};

const PUBLISHING = new Set(['publish', 'publishNumbered']);

/** `this.outbox.publish(…)`, `outbox.publishNumbered(…)` */
function isPublish({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !PUBLISHING.has(expression.name.text)) return false;
  const receiver = expression.expression;
  return (ts.isPropertyAccessExpression(receiver) ? receiver.name.text : receiver.getText()) === 'outbox';
}

function listedIn(node: ts.Node): string[] {
  const isList =
    ts.isPropertyAssignment(node) &&
    ['controllers', 'providers'].includes(node.name.getText()) &&
    ts.isArrayLiteralExpression(node.initializer);
  return isList ? node.initializer.elements.filter(ts.isIdentifier).map((it) => it.text) : [];
}

/** What one file of a service implements, answers and publishes, by its syntax alone. */
export function findingsIn(source: string, file: string): Findings {
  const tree = parse(source, file);
  const bindings = contractBindings(tree);
  const findings: Findings = { kept: [], registered: [] };
  const keep = (how: Kept['how'], call: ts.CallExpression, argument: ts.Node | undefined) => {
    const { line } = tree.getLineAndCharacterOfPosition(call.getStart());
    const contract = contractNamed(argument, bindings);
    findings.kept.push({ how, contract, owner: classAround(call), line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isDecorator(node) && ts.isCallExpression(node.expression)) {
      const how = DECORATORS[node.expression.expression.getText()];
      if (how) keep(how, node.expression, node.expression.arguments[0]);
    } else if (ts.isCallExpression(node) && isPublish(node)) {
      keep('publishes', node, node.arguments[1]);
    }
    findings.registered.push(...listedIn(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return findings;
}
