export interface TestPlan {
  /** The Nx command that runs unit and integration tests; none where only the journeys are wanted. */
  nx?: { command: 'run-many' | 'affected'; options: string[] };
  journeys: boolean;
}

/**
 * What `test [--affected] [--journeys] [nx options]` runs: without arguments everything; with `--journeys` the browser
 * journeys alone; with `--affected` the tests of what differs from `--base`; with other options those that Nx picks.
 */
export function testPlan(args: readonly string[]): TestPlan {
  if (args.includes('--journeys')) return { journeys: true };
  const options = args.filter((it) => it !== '--affected');
  const command = options.length < args.length ? 'affected' : 'run-many';
  return { nx: { command, options }, journeys: args.length === 0 };
}
