import { SetMetadata } from '@nestjs/common';
import type { Question } from '@orion/contracts';
import type { z } from 'zod';

export const ANSWERS = Symbol('question answered by a method');

type Method<Q extends Question> = (payload: z.output<Q['ask']>) => Promise<z.input<Q['answer']>>;

/**
 * On a method of a controller or provider: it answers this question. Its argument is validated, its answer
 * too; what it throws reaches the asking side as a problem.
 */
export const Answers =
  <Q extends Question>(question: Q) =>
  <M extends Method<Q>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    SetMetadata(ANSWERS, question)(target, key, descriptor);
  };
