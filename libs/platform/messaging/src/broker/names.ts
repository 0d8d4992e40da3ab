/** Names of exchanges and queues. Changing a queue's type or arguments needs a new name. */
export const names = (namespace: string) => ({
  /** Topic: every event, under `service.entity.fact.v<n>`. */
  events: `${namespace}.events`,
  /** Alternate exchange of `events`, and the queue behind it. */
  unroutable: `${namespace}.unroutable`,
  /** Direct: dead letters, under their consumer's name. */
  deadLetters: `${namespace}.dead-letter`,
  consumerQueue: (consumer: string) => `${namespace}.${consumer}.events`,
  deadLetterQueue: (service: string) => `${namespace}.${service}.dead-letters`,
  questionQueue: (service: string) => `${namespace}.questions.${service}`,
});

export type Names = ReturnType<typeof names>;
