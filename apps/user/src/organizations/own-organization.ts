import { BusinessRuleException } from '@orion/problem';

/** The organization of the token; any other is answered as if it did not exist. @throws NOT_FOUND */
export function ownOrganization(principal: { organizationId: string }, asked: string): string {
  if (asked.toLowerCase() !== principal.organizationId) throw new BusinessRuleException('NOT_FOUND');
  return principal.organizationId;
}
