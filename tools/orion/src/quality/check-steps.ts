export interface CheckStep {
  name: string;
  /** Program of a package of this checkout. */
  program: 'nx' | 'prettier' | 'node';
  args: string[];
}

export interface Present {
  lintProbes: boolean;
  contractCheck: boolean;
}

/** The checks in the order in which they run; each counts as one. */
export function checkSteps(
  { lintProbes, contractCheck }: Present,
  typescript: (program: string) => string[],
): CheckStep[] {
  const everywhere = (target: string): CheckStep => ({
    name: target,
    program: 'nx',
    args: ['run-many', '-t', target, '--output-style=stream'],
  });
  return [
    { name: 'format', program: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
    everywhere('lint'),
    everywhere('typecheck'),
    ...(lintProbes
      ? [{ name: 'lint probes', program: 'node' as const, args: typescript('tools/lint-probes/main.ts') }]
      : []),
    ...(contractCheck
      ? [{ name: 'contracts', program: 'nx' as const, args: ['run', 'contracts:check'] }]
      : []),
    { name: 'workflows', program: 'node', args: typescript('tools/workflows/main.ts') },
  ];
}
