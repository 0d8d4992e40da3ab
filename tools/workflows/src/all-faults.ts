import { workflowCommands } from './commands';
import { type Fault } from './fault';
import { issueForms } from './issue-forms';
import { labelFaults } from './labels';
import { ownerFaults } from './owners';
import type { Repository } from './repository';
import { rulesetFaults } from './ruleset';
import { workflowRules } from './workflow-rules';
import { workflowSyntax } from './workflow-syntax';
import { yamlSyntax } from './yaml-syntax';

/** Later checks read what earlier ones found well formed. */
export async function allFaults(repository: Repository): Promise<Fault[]> {
  const unreadable = yamlSyntax(repository);
  if (unreadable.length > 0) return unreadable;
  const malformed = [...(await workflowSyntax(repository)), ...labelFaults(repository)];
  if (malformed.length > 0) return malformed;
  return [workflowRules, workflowCommands, issueForms, ownerFaults, rulesetFaults].flatMap((check) =>
    check(repository),
  );
}
