import { type Funnel, type FunnelRule } from '@orion/contracts';

export interface RuleResult {
  rule: FunnelRule;
  passed: number;
  failed: number;
}

/** For each rule, how many passed and how many failed there, in the order the rules were asked. */
export function fallOut({ considered, passed }: Pick<Funnel, 'considered' | 'passed'>): RuleResult[] {
  return passed.map(({ rule, left }, at) => ({
    rule,
    passed: left,
    failed: (passed[at - 1]?.left ?? considered) - left,
  }));
}
