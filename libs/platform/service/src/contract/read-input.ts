import type { Endpoint, In } from '@orion/contracts';
import { type FieldProblem, FieldProblems, zodFields } from '@orion/problem';
import { unsafePart } from './json-safety';
import { reason } from './reasons';

type Section = 'params' | 'query' | 'body';

const SECTIONS: readonly Section[] = ['params', 'query', 'body'];

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

function readSection(
  contract: Endpoint,
  section: Section,
  sent: unknown,
): { value?: unknown; errors: FieldProblem[] } {
  const schema = contract.input[section];
  if (!schema) {
    if (section === 'params' || isNothing(sent)) return { errors: [] };
    const keys = typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? Object.keys(sent) : [];
    const fields = keys.length > 0 ? keys.map((key) => `${section}.${key}`) : [section];
    return { errors: fields.slice(0, 50).map((field) => ({ field, reason: 'is not known here' })) };
  }
  const result = schema.safeParse(sent, { error: reason });
  return result.success ? { value: result.data, errors: [] } : { errors: zodFields(result.error, [section]) };
}

/**
 * The input of a call, validated by its contract: unknown fields are refused and a section the contract does not
 * name accepts nothing.
 * @throws FieldProblems
 */
export function readInput<E extends Endpoint>(contract: E, sent: Record<Section, unknown>): In<E> {
  const fault = unsafePart(sent);
  if (fault) throw new FieldProblems([{ field: fault.path.join('.'), reason: fault.reason }]);
  const read = SECTIONS.map((section) => [section, readSection(contract, section, sent[section])] as const);
  const errors = read.flatMap(([, { errors }]) => errors);
  if (errors.length > 0) throw new FieldProblems(errors);
  return Object.fromEntries(read.map(([section, { value }]) => [section, value])) as In<E>;
}
