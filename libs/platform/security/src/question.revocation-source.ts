import { Injectable } from '@nestjs/common';
import { revocations } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import type { Revocation } from './revocation';
import { SharedRevocations } from './shared-revocations.service';
import type { RevocationSource } from './sources';

/** Reads Redis, and asks auth over RabbitMQ while Redis is away. */
@Injectable()
export class QuestionRevocationSource implements RevocationSource {
  constructor(
    private readonly shared: SharedRevocations,
    private readonly questions: Questions,
  ) {}

  async since(at: number): Promise<Revocation[]> {
    if (this.shared.available) {
      try {
        return await this.shared.since(at);
      } catch {
        // Redis has just gone: auth knows as well.
      }
    }
    return (await this.questions.ask(revocations, { since: at }, { timeoutMs: 2_000 })).items;
  }
}
