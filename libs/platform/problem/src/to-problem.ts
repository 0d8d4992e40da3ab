import { ERRORS, type ErrorCode, type Problem, problemType } from '@orion/contracts';
import { knownContext } from '@orion/logger';
import { core } from 'zod';
import { BusinessRuleException } from './business-rule-exception';
import { databaseProblem } from './database-problem';
import { type FieldProblem, FieldProblems } from './field-problems';
import { httpProblem } from './http-problem';
import { keyDetail } from './key-detail';
import { constraintOf } from './sql-state';
import { zodFields } from './zod-fields';

interface More {
  status?: number;
  detail?: string;
  errors?: Problem['errors'];
}

const DETAIL: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'A value cannot be stored as it was sent',
};

function problem(code: ErrorCode, instance: string | undefined, more: More = {}): Problem {
  const { status, title } = ERRORS[code];
  const correlationId = knownContext()?.correlationId;
  const known = { type: problemType(code), title, status: more.status ?? status, code };
  return {
    ...known,
    ...more,
    ...known,
    ...(instance === undefined ? {} : { instance }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

const TOLD = 3;

/** All refused fields, and the first of them in a sentence. */
const refused = (errors: readonly FieldProblem[]): More => ({
  detail: errors
    .slice(0, TOLD)
    .map(({ field, reason }) => `${field} ${reason}`)
    .join('; '),
  errors: [...errors],
});

/** A problem another service answered with, passed on as it is. */
export class RemoteProblem extends Error {
  override readonly name = 'RemoteProblem';

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

/**
 * The one place where errors become problem documents (RFC 9457, spec H2). An error nobody foresaw becomes
 * INTERNAL without any detail.
 * @param instance path of the request
 */
export function toProblem(error: unknown, instance?: string): Problem {
  if (error instanceof BusinessRuleException) {
    const detail = error.detail === undefined ? {} : { detail: error.detail };
    return problem(error.code, instance, {
      ...error.extensions,
      ...detail,
      status: ERRORS[error.code].status,
    });
  }
  if (error instanceof FieldProblems) return problem(error.code, instance, refused(error.errors));
  if (error instanceof RemoteProblem)
    return { ...error.problem, ...(instance === undefined ? {} : { instance }) };
  if (error instanceof core.$ZodError)
    return problem('VALIDATION_FAILED', instance, refused(zodFields(error)));
  const fromHttp = httpProblem(error);
  if (fromHttp) return problem(fromHttp.code, instance, { status: fromHttp.status, detail: fromHttp.detail });
  const fromDatabase = databaseProblem(error);
  if (fromDatabase) {
    const detail = DETAIL[fromDatabase] ?? keyDetail(fromDatabase, constraintOf(error));
    return problem(fromDatabase, instance, { detail });
  }
  return problem('INTERNAL', instance);
}
