import ts from 'typescript';
import type { Catalogue, Contract } from './catalogue';
import { CONTRACTS, NamedContracts, type SourceFiles } from './named-contracts';
import { nodes, type SourceFile } from './source-file';

/** What a project does with contracts; a contract stands there once for each place. */
export interface Usage {
  /** Endpoints its controllers implement. */
  implemented: Contract[];
  published: Contract[];
  /** Events its consumers hear. */
  heard: Contract[];
  answered: Contract[];
  asked: Contract[];
  /** Endpoints it names otherwise: those it calls. */
  called: Contract[];
}

type Named = (expression: ts.Node) => Contract[];

/** Decorator or method, and which of its arguments names the contract. */
const CALLS: Readonly<Record<string, { usage: keyof Usage; argument: number; kind: Contract['kind'] }>> = {
  Implements: { usage: 'implemented', argument: 0, kind: 'endpoint' },
  Answers: { usage: 'answered', argument: 0, kind: 'question' },
  publish: { usage: 'published', argument: 1, kind: 'event' },
  publishNumbered: { usage: 'published', argument: 1, kind: 'event' },
  ask: { usage: 'asked', argument: 0, kind: 'question' },
};

const calledName = ({ expression }: ts.CallExpression): string | undefined => {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
};

function ofCall(call: ts.CallExpression, named: Named): [keyof Usage, Contract[]] | undefined {
  const rule = CALLS[calledName(call) ?? ''];
  const argument = rule && call.arguments[rule.argument];
  if (!argument) return undefined;
  return [rule.usage, named(argument).filter(({ kind }) => kind === rule.kind)];
}

const CONSUMERS: ReadonlySet<string> = new Set(['EventConsumer', 'GroupConsumer']);

const isConsumer = (node: ts.Node): node is ts.ClassDeclaration =>
  ts.isClassDeclaration(node) &&
  (node.heritageClauses ?? []).some(({ types }) =>
    types.some(({ expression }) => ts.isIdentifier(expression) && CONSUMERS.has(expression.text)),
  );

function ofConsumer({ members }: ts.ClassDeclaration, named: Named): Contract[] {
  const events = members
    .filter(ts.isPropertyDeclaration)
    .find(({ name }) => ts.isIdentifier(name) && name.text === 'events')?.initializer;
  return events ? named(events).filter(({ kind }) => kind === 'event') : [];
}

function imported({ imports }: SourceFile, { exported }: Catalogue): Contract[] {
  const ours = [...imports.values()].filter(({ from }) => from === CONTRACTS);
  return ours.flatMap(({ name }) => {
    const contracts = exported.get(name) ?? [];
    return contracts.length === 1 ? contracts : [];
  });
}

/** Reads a project's sources (tests left out) for what it does with contracts. */
export function usageOf(files: SourceFiles, catalogue: Catalogue): Usage {
  const usage: Usage = { implemented: [], published: [], heard: [], answered: [], asked: [], called: [] };
  const contracts = new NamedContracts(catalogue, files);
  const mentioned = new Set<Contract>();
  for (const file of files.values()) {
    const named: Named = (expression) => contracts.in(expression, file);
    for (const contract of imported(file, catalogue)) mentioned.add(contract);
    for (const node of nodes(file.tree)) {
      if (isConsumer(node)) usage.heard.push(...ofConsumer(node, named));
      if (!ts.isCallExpression(node)) continue;
      const [kind, found] = ofCall(node, named) ?? [];
      if (kind && found) usage[kind].push(...found);
    }
  }
  const own = new Set(usage.implemented);
  usage.called = [...mentioned].filter((it) => it.kind === 'endpoint' && !own.has(it));
  return usage;
}
