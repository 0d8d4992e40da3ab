import { Injectable } from '@nestjs/common';
import { replayEvents } from '@orion/contracts';
import type { PeriodicJob } from '@orion/database';
import { Log } from '@orion/logger';
import { once } from 'node:events';
import { Questions } from '../questions/questions';
import { type Refill, REFILL_CHANNEL, RefillRepository } from './refill.repository';

const PAGE_TIMEOUT_MS = 30_000;

/** Lets producers fill a queue again that was lost, a page at a time; goes on where it was after a crash. */
@Injectable()
export class RefillJob implements PeriodicJob {
  readonly name = 'queue-refill';
  readonly everyMs = 5_000;
  readonly leased = true;
  readonly wake = REFILL_CHANNEL;

  constructor(
    private readonly refills: RefillRepository,
    private readonly questions: Questions,
    private readonly log: Log,
  ) {}

  async run(signal: AbortSignal): Promise<boolean> {
    const refill = await this.refills.next();
    if (!refill) return false;
    const { consumer, producer } = refill;
    try {
      await this.page(refill, signal);
    } catch (error) {
      if (signal.aborted) return false;
      this.log.warn('queue_refill_delayed', { consumer, producer, tries: refill.failures + 1, error });
      await this.refills.putOff(refill);
    }
    return true;
  }

  private async page(refill: Refill, signal: AbortSignal): Promise<void> {
    const { consumer, producer, types, since, until, after } = refill;
    const ask = { consumer, types, since: since.toISOString(), until: until.toISOString(), after };
    const asked = this.questions.ask(replayEvents(producer), ask, { timeoutMs: PAGE_TIMEOUT_MS });
    const page = await unlessStopped(asked, signal);
    await this.refills.advance(refill, page);
    const sent = refill.sent + page.sent;
    if (page.more) this.log.debug('queue_refill_advanced', { consumer, producer, sent });
    else this.log.info('queue_refill_done', { consumer, producer, sent });
  }
}

/** Who has to end does not wait for the answer; what it would have told is asked again. */
async function unlessStopped<T>(asked: Promise<T>, stop: AbortSignal): Promise<T> {
  const given = new AbortController();
  const stopped = once(stop, 'abort', { signal: given.signal }).then(() =>
    Promise.reject(new Error('stopped')),
  );
  try {
    stop.throwIfAborted();
    return await Promise.race([asked, stopped]);
  } finally {
    stopped.catch(() => undefined);
    asked.catch(() => undefined);
    given.abort();
  }
}
