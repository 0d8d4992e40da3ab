import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { question } from '@orion/contracts';
import type { TestDatabase } from '@orion/database';
import { currentContext, runInContext } from '@orion/logger';
import { BusinessRuleException, RemoteProblem } from '@orion/problem';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Answers, Questions } from '../src';
import { Proxy } from './support/proxy';
import {
  addressOf,
  dropNamespace,
  eventually,
  freshCopy,
  freshNamespace,
  start,
  type Started,
} from './support/service';

const greet = question({
  pattern: 'user.greet',
  ask: z.strictObject({ name: z.string() }),
  answer: z.object({ text: z.string(), correlationId: z.string() }),
});
const silence = question({ pattern: 'user.silence', ask: z.object({}), answer: z.object({}) });
const unanswered = question({ pattern: 'user.unanswered', ask: z.object({}), answer: z.object({}) });

@Injectable()
class Greeter {
  readonly greeting = 'Hello';

  @Answers(greet)
  greet({ name }: { name: string }) {
    if (name === 'nobody') throw new BusinessRuleException('PERSON_UNKNOWN', 'Nobody is called nobody');
    if (name === 'bug') throw new Error('secret');
    return Promise.resolve({
      text: `${this.greeting}, ${name}`,
      correlationId: currentContext().correlationId,
    });
  }

  @Answers(silence)
  async silence() {
    await sleep(2_000);
    return {};
  }
}

describe('questions', () => {
  const namespace = freshNamespace();
  const proxy = new Proxy(addressOf('ORION_RABBITMQ_URL'));
  let copy: TestDatabase;
  let answering: Started;
  let asking: Started;
  let questions: Questions;

  beforeAll(async () => {
    await proxy.up();
    copy = await freshCopy();
    answering = await start({ copy, namespace, url: proxy.url, service: 'user', answers: [Greeter] });
    asking = await start({ copy, namespace, url: proxy.url });
    questions = asking.app.get(Questions);
  });
  afterAll(async () => {
    await asking.app.close();
    await answering.app.close();
    await proxy.down();
    await dropNamespace(namespace);
    await copy.drop();
  });

  const failure = async (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);
  const code = async (asked: Promise<unknown>) => {
    const error = await failure(asked);
    return error instanceof BusinessRuleException ? error.code : error;
  };

  it('are answered, under the correlation id of who asks', async () => {
    const answer = runInContext({ correlationId: 'asked-by-me' }, () =>
      questions.ask(greet, { name: 'Ada' }),
    );
    expect(await answer).toEqual({ text: 'Hello, Ada', correlationId: 'asked-by-me' });
  });

  it('are validated before they are asked', async () => {
    await expect(questions.ask(greet, { name: 1 as unknown as string })).rejects.toThrow('expected string');
  });

  it('bring back the problem of the other side', async () => {
    const error = await failure(questions.ask(greet, { name: 'nobody' }));
    expect(error).toBeInstanceOf(RemoteProblem);
    expect((error as RemoteProblem).problem).toMatchObject({
      code: 'PERSON_UNKNOWN',
      status: 404,
      detail: 'Nobody is called nobody',
    });
  });

  it('do not show what went wrong inside', async () => {
    const error = await failure(questions.ask(greet, { name: 'bug' }));
    expect((error as RemoteProblem).problem.code).toBe('INTERNAL');
    expect(JSON.stringify((error as RemoteProblem).problem)).not.toContain('secret');
  });

  it('end at their deadline', async () => {
    const started = performance.now();
    expect(await code(questions.ask(silence, {}, { timeoutMs: 200 }))).toBe('UPSTREAM_UNAVAILABLE');
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('nobody can answer are unavailable', async () => {
    expect(await code(questions.ask(unanswered, {}, { timeoutMs: 500 }))).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('survive connections that are lost again and again while questions are open', async () => {
    for (let round = 0; round < 20; round++) {
      const open = [1, 2, 3].map(() => code(questions.ask(greet, { name: 'Ada' }, { timeoutMs: 100 })));
      await sleep(round * 7);
      proxy.cut();
      await Promise.all(open);
    }
    await eventually(() => questions.ask(greet, { name: 'Ada' }, { timeoutMs: 500 }));
  });

  it('work again after the broker was away', async () => {
    await proxy.down();
    expect(await code(questions.ask(greet, { name: 'Ada' }, { timeoutMs: 300 }))).toBe(
      'UPSTREAM_UNAVAILABLE',
    );
    await proxy.up();
    await eventually(() => questions.ask(greet, { name: 'Ada' }, { timeoutMs: 500 }));
  });
});
