import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Endpoint } from '@orion/contracts';
import { Log } from '@orion/logger';
import { CONTRACT } from '@orion/security';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mergeMap, type Observable } from 'rxjs';
import { checkReply } from './check-reply';
import { type HttpCallRequest, readCall } from './read-call';
import type { StreamEvent } from './server-sent-events';
import { StreamWriter } from './stream.writer';
import { keepCall } from './the-call.decorator';

/** Whether a reply that breaks its contract is refused (everywhere but in production) or only logged. */
export const STRICT_REPLIES = Symbol('StrictReplies');

interface Streamable {
  raw: ServerResponse;
  hijack(): unknown;
}

/** Validates the call before its handler runs, and the reply after. */
@Injectable()
export class ContractInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: Log,
    private readonly streams: StreamWriter,
    @Inject(STRICT_REPLIES) private readonly strict: boolean,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const contract = this.reflector.get<Endpoint | undefined>(CONTRACT, context.getHandler());
    if (context.getType() !== 'http' || !contract) return next.handle();
    const request = context.switchToHttp().getRequest<HttpCallRequest & { raw: IncomingMessage }>();
    keepCall(request, readCall(contract, request));
    if (contract.stream) {
      const reply = context.switchToHttp().getResponse<Streamable>();
      return next.handle().pipe(mergeMap((events) => this.stream(contract, request, reply, events)));
    }
    return next.handle().pipe(mergeMap(async (reply) => this.check(contract, reply)));
  }

  private check(contract: Endpoint, reply: unknown): unknown {
    const { value, mismatch } = checkReply(contract, reply);
    if (mismatch) {
      this.log.error('reply_contract_violated', { endpoint: contract.id, errors: mismatch.errors });
      if (this.strict) throw mismatch;
    }
    return contract.status === 204 ? undefined : value;
  }

  private stream(
    contract: Endpoint,
    request: { raw: IncomingMessage },
    reply: Streamable,
    events: unknown,
  ): Promise<void> {
    reply.hijack();
    return this.streams.write(request, reply.raw, events as AsyncIterable<StreamEvent<unknown>>, (data) =>
      this.check(contract, data),
    );
  }
}
