import { randomUUID } from 'node:crypto';
import { ServerRMQ } from '@nestjs/microservices';
import { ERRORS, type ErrorCode, problemType, provisionAccount } from '@orion/contracts';
import { questionTransport } from '@orion/messaging';
import { dropNamespace, infrastructure } from '@orion/testing';
import type { z } from 'zod';

type Ask = z.output<typeof provisionAccount.ask>;
type Answer = z.output<typeof provisionAccount.answer>;

/** Answers provisionAccount over the broker as `user` does, and breaks off when told to. */
export class UserStandIn {
  readonly asked: Ask[] = [];
  /** Answer with this problem instead: `before` anything is kept, or `after`, as if the answer were lost. */
  failing: { code: ErrorCode; when: 'before' | 'after' } | undefined;
  private readonly answers = new Map<string, Answer>();

  private constructor(
    private readonly namespace: string,
    private readonly server: ServerRMQ,
  ) {}

  static async start(namespace: string): Promise<UserStandIn> {
    const options = { service: 'user', url: infrastructure().rabbitmq, namespace, consumers: [] };
    const server = new ServerRMQ(questionTransport(options, 'user'));
    const standIn = new UserStandIn(namespace, server);
    server.addHandler(provisionAccount.pattern, async ({ payload }: { payload: Ask }) =>
      standIn.answer(payload),
    );
    await server.listen(() => undefined);
    return standIn;
  }

  async close(): Promise<void> {
    await this.server.close();
    await dropNamespace(this.namespace, ['user'], []);
  }

  private answer(ask: Ask): { answer: Answer } | { problem: object } {
    this.asked.push(ask);
    if (this.failing?.when === 'before') return { problem: problemOf(this.failing.code) };
    const answer = this.answers.get(ask.userId) ?? {
      userId: ask.userId,
      organizationId: randomUUID(),
      membershipId: randomUUID(),
      roles: ['admin'],
      joinedAt: new Date().toISOString(),
      sequence: 1,
    };
    this.answers.set(ask.userId, answer);
    return this.failing ? { problem: problemOf(this.failing.code) } : { answer };
  }
}

const problemOf = (code: ErrorCode) => ({ type: problemType(code), ...ERRORS[code], code });
