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
import { mergeMap, type Observable } from 'rxjs';
import { checkReply } from './check-reply';
import { type HttpCallRequest, readCall } from './read-call';
import type { StreamEvent } from './server-sent-events';
import { type Streamable, StreamWriter } from './stream.writer';
import { keepCall } from './the-call.decorator';

/** Whether a reply that breaks its contract is refused (everywhere but in production) or only logged. */
export const STRICT_REPLIES = Symbol('StrictReplies');

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
    const http = context.switchToHttp();
    const request = http.getRequest<HttpCallRequest>();
    keepCall(request, readCall(contract, request));
    if (!contract.stream) return next.handle().pipe(mergeMap(async (reply) => this.check(contract, reply)));
    const reply = http.getResponse<Streamable>();
    const shape = (data: unknown) => this.check(contract, data);
    return next
      .handle()
      .pipe(
        mergeMap((events) => this.streams.write(reply, events as AsyncIterable<StreamEvent<unknown>>, shape)),
      );
  }

  private check(contract: Endpoint, reply: unknown): unknown {
    const { value, mismatch } = checkReply(contract, reply);
    if (mismatch) {
      this.log.error('reply_contract_violated', { endpoint: contract.id, errors: mismatch.errors });
      if (this.strict) throw mismatch;
    }
    return contract.status === 204 ? undefined : value;
  }
}
