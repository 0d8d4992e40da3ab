import type { Endpoint } from '@orion/contracts';
import { currentContext } from '@orion/logger';
import { type Call, type Principal, principalOf } from '@orion/security';
import { isIP } from 'node:net';
import { idempotencyKey } from './idempotency-key';
import { readInput } from './read-input';

export interface HttpCallRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  params: unknown;
  query: unknown;
  body?: unknown;
  ip: string;
}

/** A body that came with a method whose bodies the parser does not read. */
const unreadBody = ({ headers, body }: HttpCallRequest): unknown =>
  body === undefined &&
  (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined)
    ? 'unread'
    : body;

/** @throws FieldProblems, BusinessRuleException IDEMPOTENCY_KEY_MISSING */
export function readCall<E extends Endpoint>(contract: E, request: HttpCallRequest): Call<E> {
  const body = request.method === 'GET' ? unreadBody(request) : request.body;
  const input = readInput(contract, { params: request.params, query: request.query, body });
  return {
    contract,
    ...input,
    principal: principalOf(request) as Principal,
    idempotencyKey: idempotencyKey(contract.idempotency, request.headers['idempotency-key']),
    correlationId: currentContext().correlationId,
    // A proxy that is believed may still have been told nonsense.
    address: isIP(request.ip) === 0 ? '' : request.ip,
  };
}
