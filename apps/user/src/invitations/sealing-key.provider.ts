import { Injectable } from '@nestjs/common';
import { sealingKey } from '@orion/contracts';
import { Questions } from '@orion/messaging';

const KEPT_MS = 5 * 60_000;

/** The key that seals what only notification may read. */
@Injectable()
export class SealingKey {
  private known: { publicKey: string; at: number } | undefined;

  constructor(private readonly questions: Questions) {}

  /** @throws UPSTREAM_UNAVAILABLE */
  async current(): Promise<string> {
    if (this.known && performance.now() - this.known.at < KEPT_MS) return this.known.publicKey;
    const { publicKey } = await this.questions.ask(sealingKey, {});
    this.known = { publicKey, at: performance.now() };
    return publicKey;
  }
}
