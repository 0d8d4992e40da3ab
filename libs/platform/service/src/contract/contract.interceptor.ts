import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Endpoint } from '@orion/contracts';
import { CLIENT, extendContext, Log } from '@orion/logger';
import { CONTRACT, principalOf, Revocations } from '@orion/security';
import { mergeMap, type Observable } from 'rxjs';
import { checkReply } from './check-reply';
import { type HttpCallRequest, readCall } from './read-call';
import type { StreamEvent } from './server-sent-events';
import { fileForm, SERVER_SENT_EVENTS, type StreamForm } from './stream-form';
import { type Streamable, StreamWriter } from './stream.writer';
import { keepCall } from './the-call.decorator';

interface CookieReply {
  header(name: string, value: string): unknown;
}

/** Whether a reply that breaks its contract is refused (everywhere but in production) or only logged. */
export const STRICT_REPLIES = Symbol('StrictReplies');

function formOf({ file }: Endpoint, query: unknown): StreamForm {
  if (!file) return SERVER_SENT_EVENTS;
  return fileForm(file, String((query as { format?: unknown }).format));
}

/** Validates the call before its handler runs, and the reply after. */
@Injectable()
export class ContractInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: Log,
    private readonly streams: StreamWriter,
    @Inject(STRICT_REPLIES) private readonly strict: boolean,
    /** Absent in a service that admits nobody. */
    @Optional() private readonly revocations?: Revocations,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const contract = this.reflector.get<Endpoint | undefined>(CONTRACT, context.getHandler());
    if (context.getType() !== 'http' || !contract) return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<HttpCallRequest>();
    const answer = http.getResponse<Streamable & CookieReply>();
    const call = readCall(contract, request, (text) => void answer.header('set-cookie', text));
    keepCall(request, call);
    extendContext({ [CLIENT]: { address: call.address, userAgent: call.userAgent } });
    if (!contract.stream) return next.handle().pipe(mergeMap(async (reply) => this.check(contract, reply)));
    const shape = (data: unknown) => this.check(contract, data);
    return next.handle().pipe(
      mergeMap((events) =>
        this.streams.write(answer, events as AsyncIterable<StreamEvent<unknown>>, {
          shape,
          form: formOf(contract, call.query),
          untilEnded: (end) => this.watch(request, end),
        }),
      ),
    );
  }

  /** Calls `end` when the session or the permissions of the caller do not hold any more. */
  private watch(request: object, end: () => void): () => void {
    const principal = principalOf(request);
    if (!principal?.claims || !this.revocations) return () => undefined;
    return this.revocations.watch(principal.claims, end);
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
