import { BusinessRuleException } from '@orion/problem';

/** @throws BusinessRuleException NOT_FOUND for nothing: also for a row of another organization, which nobody can see */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new BusinessRuleException('NOT_FOUND');
  return row;
}
