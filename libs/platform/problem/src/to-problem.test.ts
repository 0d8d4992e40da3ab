import { describe, expect, it } from '@jest/globals';
import {
  ForbiddenException,
  HttpException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { runInContext } from '@orion/logger';
import { z } from 'zod';
import { BusinessRuleException, FieldProblems, RemoteProblem, retryAfter, toProblem } from './index';

const prisma = (code: string, meta?: object) =>
  Object.assign(new Error('secret detail'), { name: 'PrismaClientKnownRequestError', code, meta });

const wrapped = (originalCode: string) =>
  prisma('P2010', { driverAdapterError: { cause: { originalCode } } });

const answer = (error: unknown) => {
  const { status, code } = toProblem(error);
  return [status, code];
};

describe('a business rule', () => {
  it('becomes a problem document with its code, detail and extensions', () => {
    const error = new BusinessRuleException('SLOT_TAKEN', 'Nine is taken', {
      technicianId: 't',
      status: 200,
    });
    expect(runInContext({ correlationId: 'corr-12345' }, () => toProblem(error, '/api/v1/x'))).toEqual({
      type: 'https://orion.dev/problems/slot-taken',
      title: 'The slot is taken',
      status: 409,
      code: 'SLOT_TAKEN',
      detail: 'Nine is taken',
      technicianId: 't',
      instance: '/api/v1/x',
      correlationId: 'corr-12345',
    });
  });

  it('has the title as its message where there is no detail', () => {
    expect(new BusinessRuleException('NOT_FOUND').message).toBe('Nothing is found here');
    expect(toProblem(new BusinessRuleException('NOT_FOUND'))).not.toHaveProperty('detail');
  });
});

describe('fields', () => {
  it('are named with their reasons', () => {
    const errors = [{ field: 'query.cursor', reason: 'is not one of ours' }];
    expect(toProblem(new FieldProblems(errors))).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors,
    });
    expect(new FieldProblems(errors).message).toBe('query.cursor: is not one of ours');
  });

  it('come out of zod, unknown ones by their own name and at most fifty', () => {
    const schema = z.object({ a: z.strictObject({ b: z.number() }) });
    expect(toProblem(schema.safeParse({ a: { b: 'x', c: 1, d: 2 } }).error)).toMatchObject({
      status: 400,
      errors: [
        { field: 'a.b', reason: expect.any(String) },
        { field: 'a.c', reason: 'is not known here' },
        { field: 'a.d', reason: 'is not known here' },
      ],
    });
    const many = z.array(z.number()).safeParse(Array.from({ length: 1000 }, () => 'x')).error;
    expect(toProblem(many).errors).toHaveLength(50);
  });
});

describe('the database', () => {
  it.each([
    ['P2002', 409, 'CONFLICT'],
    ['P2003', 409, 'REFERENCE_MISSING'],
    ['P2025', 404, 'NOT_FOUND'],
    ['P2034', 409, 'CONCURRENT_UPDATE'],
    ['P2028', 503, 'UPSTREAM_UNAVAILABLE'],
    ['P2023', 400, 'VALIDATION_FAILED'],
    ['P9999', 500, 'INTERNAL'],
  ])('Prisma %s is %i %s', (code, status, expected) => {
    expect(answer(prisma(code))).toEqual([status, expected]);
    expect(JSON.stringify(toProblem(prisma(code)))).not.toContain('secret');
  });

  it.each([
    ['23P01', 409, 'CONFLICT'],
    ['23505', 409, 'CONFLICT'],
    ['23503', 409, 'REFERENCE_MISSING'],
    ['40001', 409, 'CONCURRENT_UPDATE'],
    ['40P01', 409, 'CONCURRENT_UPDATE'],
    ['55P03', 409, 'LOCK_TIMEOUT'],
    ['42501', 404, 'NOT_FOUND'],
    ['22P02', 400, 'VALIDATION_FAILED'],
    ['22P05', 400, 'VALIDATION_FAILED'],
    ['22021', 400, 'VALIDATION_FAILED'],
    ['22003', 400, 'VALIDATION_FAILED'],
    ['22007', 400, 'VALIDATION_FAILED'],
    ['22008', 400, 'VALIDATION_FAILED'],
    ['57014', 504, 'DEADLINE_EXCEEDED'],
    ['53300', 503, 'UPSTREAM_UNAVAILABLE'],
    ['08006', 503, 'UPSTREAM_UNAVAILABLE'],
    ['42703', 500, 'INTERNAL'],
  ])('wrapped PostgreSQL %s is %i %s', (state, status, expected) => {
    expect(answer(wrapped(state))).toEqual([status, expected]);
    const fromAdapter = Object.assign(new Error(), { cause: { originalCode: state } });
    expect(answer(fromAdapter)).toEqual([status, expected]);
    expect(answer(Object.assign(new Error(), { severity: 'ERROR', code: state }))).toEqual([
      status,
      expected,
    ]);
  });

  it.each([
    ['P2002', 'customer_organization_id_external_id_key', 'Another record has the same external id'],
    ['P2003', 'work_team_organization_id_provider_id_fkey', 'There is no such provider'],
    ['P2002', 'person_email_key', undefined],
    ['P2034', 'customer_organization_id_external_id_key', undefined],
  ])('%s on %s says: %s', (code, index, detail) => {
    expect(toProblem(prisma(code, { driverAdapterError: { cause: { constraint: { index } } } })).detail).toBe(
      detail,
    );
  });

  it('that is away is 503', () => {
    expect(answer(Object.assign(new Error(), { code: 'ECONNREFUSED' }))).toEqual([
      503,
      'UPSTREAM_UNAVAILABLE',
    ]);
  });
});

describe('Nest and Fastify', () => {
  it.each([
    [new NotFoundException(), 404, 'NOT_FOUND'],
    [new ForbiddenException(), 403, 'FORBIDDEN'],
    [new ServiceUnavailableException(), 503, 'UPSTREAM_UNAVAILABLE'],
    [new HttpException('x', 405), 405, 'METHOD_NOT_ALLOWED'],
    [new HttpException('x', 418), 418, 'MALFORMED_REQUEST'],
    [Object.assign(new Error('x'), { statusCode: 413 }), 413, 'PAYLOAD_TOO_LARGE'],
    [Object.assign(new Error('x'), { statusCode: 415 }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [Object.assign(new Error('x'), { status: 400 }), 400, 'MALFORMED_REQUEST'],
    [Object.assign(new Error('aborted'), { statusCode: 400, code: 'ECONNRESET' }), 400, 'MALFORMED_REQUEST'],
    [Object.assign(new Error('x'), { statusCode: 500 }), 500, 'INTERNAL'],
    [Object.assign(new Error('x'), { statusCode: 200 }), 500, 'INTERNAL'],
  ])('%s is %i %s', (error, status, code) => {
    expect(answer(error)).toEqual([status, code]);
  });
});

describe('anything else', () => {
  it.each([new Error('the password is swordfish'), 'swordfish', undefined, null, { swordfish: 1 }])(
    'tells nothing',
    (error) => {
      expect(toProblem(error, '/x')).toEqual({
        type: 'https://orion.dev/problems/internal',
        title: 'Something went wrong on our side',
        status: 500,
        code: 'INTERNAL',
        instance: '/x',
      });
    },
  );

  it('passes on what another service answered', () => {
    const problem = toProblem(new BusinessRuleException('SLUG_TAKEN'), '/theirs');
    expect(toProblem(new RemoteProblem(problem), '/ours')).toEqual({ ...problem, instance: '/ours' });
    expect(toProblem(new RemoteProblem(problem))).toEqual(problem);
  });
});

describe('retryAfter', () => {
  it('is given where waiting helps', () => {
    expect(retryAfter(toProblem(new BusinessRuleException('LOCK_TIMEOUT')))).toBe(1);
    expect(retryAfter(toProblem(new BusinessRuleException('BUSY', '', { retryAfterSeconds: 6.2 })))).toBe(7);
    expect(retryAfter(toProblem(new BusinessRuleException('SLOT_TAKEN')))).toBeUndefined();
  });
});
