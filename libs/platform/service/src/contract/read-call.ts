import type { Endpoint } from '@orion/contracts';
import { currentContext } from '@orion/logger';
import { type Call, type Principal, principalOf } from '@orion/security';
import { isIP } from 'node:net';
import { cookiesOf, type CookieRequest } from './call-cookies';
import { idempotencyKey } from './idempotency-key';
import { readInput } from './read-input';

export interface HttpCallRequest extends CookieRequest {
  method: string;
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

const LONGEST_AGENT = 300;

/**
 * @param setCookie adds one `Set-Cookie` header to the answer
 * @throws FieldProblems, BusinessRuleException IDEMPOTENCY_KEY_MISSING
 */
export function readCall<E extends Endpoint>(
  contract: E,
  request: HttpCallRequest,
  setCookie: (text: string) => void,
): Call<E> {
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
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT),
    cookies: cookiesOf(contract.cookie, request, setCookie),
  };
}
