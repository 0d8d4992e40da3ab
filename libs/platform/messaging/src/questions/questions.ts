import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RmqRecordBuilder } from '@nestjs/microservices';
import { Problem, type Question } from '@orion/contracts';
import { currentContext, Log } from '@orion/logger';
import { BusinessRuleException, RemoteProblem } from '@orion/problem';
import { firstValueFrom, timeout } from 'rxjs';
import { z } from 'zod';
import { closeWithin } from '../broker/close-within';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { QuestionClient } from './rmq.transport';

const DEADLINE_MS = 5_000;

const Answered = z.union([z.object({ problem: Problem }), z.object({ answer: z.unknown() })]);

/** `<answering service>.<what>` */
const answererOf = (pattern: string): string => pattern.split('.')[0] ?? '';

/** Asks other services over RabbitMQ and waits for their answer, but never longer than the deadline. */
@Injectable()
export class Questions implements OnApplicationShutdown {
  private readonly clients = new Map<string, QuestionClient>();

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly log: Log,
  ) {}

  /**
   * @throws RemoteProblem the problem the other side answered with
   * @throws BusinessRuleException UPSTREAM_UNAVAILABLE where no usable answer came in time
   */
  async ask<Q extends Question>(
    question: Q,
    payload: z.input<Q['ask']>,
    { timeoutMs = DEADLINE_MS }: { timeoutMs?: number } = {},
  ): Promise<z.output<Q['answer']>> {
    const service = answererOf(question.pattern);
    const record = new RmqRecordBuilder({ payload: question.ask.parse(payload), context: currentContext() })
      .setOptions({ expiration: timeoutMs })
      .build();
    const answered = Answered.safeParse(await this.send(service, question.pattern, record, timeoutMs));
    if (!answered.success) throw this.unavailable(question.pattern, answered.error);
    if ('problem' in answered.data) throw new RemoteProblem(answered.data.problem);
    const answer = question.answer.safeParse(answered.data.answer);
    if (!answer.success) throw this.unavailable(question.pattern, answer.error);
    return answer.data as z.output<Q['answer']>;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.clients.values()].map((it) => closeWithin(it.close())));
  }

  private async send(service: string, pattern: string, record: object, timeoutMs: number): Promise<unknown> {
    try {
      return await firstValueFrom(
        this.clientOf(service).send<unknown>(pattern, record).pipe(timeout(timeoutMs)),
      );
    } catch (error) {
      throw this.unavailable(pattern, error);
    }
  }

  private unavailable(pattern: string, error: unknown): BusinessRuleException {
    this.log.warn('question_ask_failed', { pattern, error });
    return new BusinessRuleException('UPSTREAM_UNAVAILABLE', `${answererOf(pattern)} did not answer`);
  }

  private clientOf(service: string): QuestionClient {
    const known = this.clients.get(service);
    if (known) return known;
    const client = new QuestionClient(this.options, service, (error) =>
      this.log.warn('question_channel_failed', { service, error }),
    );
    this.clients.set(service, client);
    return client;
  }
}
