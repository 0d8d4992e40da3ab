import type { core } from 'zod';
import type { FieldProblem } from './field-problems';

const MOST = 50;

const pathOf = (prefix: readonly PropertyKey[], path: readonly PropertyKey[]): string =>
  [...prefix, ...path].map(String).join('.');

/** One entry for each refused field, unknown ones by their own name; at most 50. */
export function zodFields(error: core.$ZodError, prefix: readonly PropertyKey[] = []): FieldProblem[] {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            field: pathOf(prefix, [...issue.path, key]),
            reason: 'is not known here',
          }))
        : [{ field: pathOf(prefix, issue.path), reason: issue.message }],
    )
    .slice(0, MOST);
}
