import type { z } from 'zod';

/** A synchronous question from one service to another, carried over RabbitMQ request/response. */
export interface Question<Ask extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  /** `<answering service>.<what>` */
  pattern: string;
  ask: Ask;
  answer: Answer;
}

export const question = <A extends z.ZodType, B extends z.ZodType>(
  contract: Question<A, B>,
): Question<A, B> => contract;
