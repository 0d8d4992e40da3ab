import type { ErrorCode } from '@orion/contracts';
import { prismaCodeOf, sqlStateOf } from './sql-state';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQL_STATE: Readonly<Record<string, ErrorCode>> = {
  '23505': 'CONFLICT',
  '23503': 'REFERENCE_MISSING',
  '23P01': 'CONFLICT',
  '23514': 'CONFLICT',
  '40001': 'CONCURRENT_UPDATE',
  '40P01': 'CONCURRENT_UPDATE',
  '55P03': 'LOCK_TIMEOUT',
  '42501': 'NOT_FOUND',
  '57014': 'DEADLINE_EXCEEDED',
  '25P03': 'DEADLINE_EXCEEDED',
  '53300': 'UPSTREAM_UNAVAILABLE',
  '57P01': 'UPSTREAM_UNAVAILABLE',
  '57P02': 'UPSTREAM_UNAVAILABLE',
  '57P03': 'UPSTREAM_UNAVAILABLE',
};

/** Values PostgreSQL cannot read or hold: the sender's fault, whichever check let them through. */
const UNREADABLE = new Set(['22P02', '22P05', '22021', '22003', '22007', '22008', '22001']);

/** https://www.prisma.io/docs/orm/reference/error-reference */
const BY_PRISMA_CODE: Readonly<Record<string, ErrorCode>> = {
  P2000: 'VALIDATION_FAILED',
  P2002: 'CONFLICT',
  P2003: 'REFERENCE_MISSING',
  P2004: 'CONFLICT',
  P2006: 'VALIDATION_FAILED',
  P2007: 'VALIDATION_FAILED',
  P2020: 'VALIDATION_FAILED',
  P2023: 'VALIDATION_FAILED',
  P2025: 'NOT_FOUND',
  P2034: 'CONCURRENT_UPDATE',
  P1001: 'UPSTREAM_UNAVAILABLE',
  P1002: 'UPSTREAM_UNAVAILABLE',
  P1008: 'UPSTREAM_UNAVAILABLE',
  P1017: 'UPSTREAM_UNAVAILABLE',
  P2024: 'UPSTREAM_UNAVAILABLE',
  P2028: 'UPSTREAM_UNAVAILABLE',
  P2037: 'UPSTREAM_UNAVAILABLE',
};

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);

/** What an error of the database means to the caller (spec H2); undefined for one that means nothing to them. */
export function databaseProblem(error: unknown): ErrorCode | undefined {
  const state = sqlStateOf(error);
  if (state !== undefined) {
    if (UNREADABLE.has(state)) return 'VALIDATION_FAILED';
    const code = state.startsWith('08') ? 'UPSTREAM_UNAVAILABLE' : BY_SQL_STATE[state];
    if (code) return code;
  }
  const prisma = prismaCodeOf(error);
  if (prisma !== undefined) return BY_PRISMA_CODE[prisma];
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && AWAY.has(code) ? 'UPSTREAM_UNAVAILABLE' : undefined;
}
