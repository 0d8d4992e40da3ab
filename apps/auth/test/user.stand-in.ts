import { randomUUID } from 'node:crypto';
import { ServerRMQ } from '@nestjs/microservices';
import {
  acceptInvited,
  ERRORS,
  type ErrorCode,
  joinOrganization,
  problemType,
  provisionAccount,
  readInvited,
} from '@orion/contracts';
import { questionTransport } from '@orion/messaging';
import { dropNamespace, infrastructure } from '@orion/testing';
import type { z } from 'zod';

type Ask = z.output<typeof provisionAccount.ask>;
type Answer = z.output<typeof provisionAccount.answer>;

type Joining = z.output<typeof joinOrganization.ask>;

type Guest = z.output<typeof acceptInvited.ask>;

/** Answers provisionAccount and the questions about invitations over the broker as `user` does, and breaks off when told to. */
export class UserStandIn {
  readonly asked: Ask[] = [];
  /** Answer with this problem instead: `before` anything is kept, or `after`, as if the answer were lost. */
  failing: { code: ErrorCode; when: 'before' | 'after' } | undefined;
  /** By token. */
  readonly invitations = new Map<string, z.output<typeof readInvited.answer>>();
  /** People who were made members of an organization. */
  readonly joined: Joining[] = [];
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
    server.addHandler(readInvited.pattern, async ({ payload }: { payload: { token: string } }) =>
      standIn.invitedBy(payload.token),
    );
    server.addHandler(acceptInvited.pattern, async ({ payload }: { payload: Guest }) =>
      standIn.accept(payload),
    );
    server.addHandler(joinOrganization.pattern, async ({ payload }: { payload: Joining }) =>
      standIn.join(payload),
    );
    await server.listen(() => undefined);
    return standIn;
  }

  async close(): Promise<void> {
    await this.server.close();
    await dropNamespace(this.namespace, ['user'], []);
  }

  private invitedBy(token: string) {
    const invitation = this.invitations.get(token);
    return invitation ? { answer: invitation } : { problem: problemOf('INVITATION_UNKNOWN') };
  }

  private accept({ token, userId }: Guest) {
    const { organizationId } = this.invitations.get(token) ?? {};
    if (!organizationId || this.failing)
      return { problem: problemOf(this.failing?.code ?? 'INVITATION_UNKNOWN') };
    const membershipId = randomUUID();
    const joinedAt = new Date().toISOString();
    return { answer: { userId, organizationId, membershipId, roles: ['viewer'], joinedAt, sequence: 1 } };
  }

  private join(ask: Joining) {
    this.joined.push(ask);
    if (this.failing) return { problem: problemOf(this.failing.code) };
    const { organizationId, userId, role } = ask;
    const joinedAt = new Date().toISOString();
    return {
      answer: { userId, organizationId, membershipId: randomUUID(), roles: [role], joinedAt, sequence: 1 },
    };
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
