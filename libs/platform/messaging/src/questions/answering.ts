import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Question, replayEvents } from '@orion/contracts';
import { type Context, Log, runInContext } from '@orion/logger';
import { toProblem } from '@orion/problem';
import { closeWithin } from '../broker/close-within';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { type ReplayAsk, Replayer } from '../refill/replayer';
import { ANSWERS } from './answers.decorator';
import { QuestionServer } from './rmq.transport';

interface Asked {
  payload?: unknown;
  context?: Partial<Context>;
}

type Instance = Record<string, (payload: unknown) => Promise<unknown>>;

interface Answered {
  question: Question;
  method: (payload: unknown) => Promise<unknown>;
}

/**
 * Lets methods with `@Answers` answer over RabbitMQ, and the outbox of every service the question for a replay; connects
 * in the background and again after every loss.
 */
@Injectable()
export class Answering implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private server: QuestionServer | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly replayer: Replayer,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const server = new QuestionServer(this.options, this.options.service, (error) =>
      this.log.warn('question_channel_failed', { error }),
    );
    for (const { question, method } of [this.replaying(), ...this.methods()]) {
      server.addHandler(question.pattern, (asked: Asked | undefined) => answer(question, method, asked));
    }
    this.server = server;
    await server.listen((error?: unknown) => {
      if (error) this.log.error('question_answering_failed', { error });
      else this.log.info('question_answering_started');
    });
  }

  onModuleDestroy(): void {
    if (this.server) this.closing = closeWithin(this.server.close());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.closing;
  }

  private replaying(): Answered {
    return {
      question: replayEvents(this.options.service),
      method: (ask) => this.replayer.page(ask as ReplayAsk),
    };
  }

  private methods(): Answered[] {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    return wrappers.flatMap(({ instance }) => {
      const it: unknown = instance;
      if (typeof it !== 'object' || it === null) return [];
      const prototype: unknown = Object.getPrototypeOf(it);
      return this.scanner.getAllMethodNames(prototype as object | null).flatMap((name) => {
        const method = (it as Instance)[name];
        const question = method && this.reflector.get<Question | undefined>(ANSWERS, method);
        return question ? [{ question, method: method.bind(it) }] : [];
      });
    });
  }
}

/** An answer, or the problem instead of one; never rejects. */
function answer(
  question: Question,
  method: (payload: unknown) => Promise<unknown>,
  asked?: Asked,
): Promise<unknown> {
  return runInContext(asked?.context ?? {}, async () => {
    try {
      return { answer: question.answer.parse(await method(question.ask.parse(asked?.payload))) };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  });
}
