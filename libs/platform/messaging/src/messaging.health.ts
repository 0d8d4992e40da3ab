import { Injectable } from '@nestjs/common';
import { Consumers } from './consume/consumers';

/** For readiness: the broker is connected and every consumer is at work. */
@Injectable()
export class MessagingHealth {
  constructor(private readonly consumers: Consumers) {}

  isReady(): boolean {
    return this.troubles().length === 0;
  }

  /** What is wrong, in words. */
  troubles(): string[] {
    return this.consumers.troubles();
  }
}
