import { Controller, Get } from '@nestjs/common';
import type { Out } from '@orion/contracts';
import { currentContext } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { Call } from '@orion/security';
import { setTimeout as sleep } from 'node:timers/promises';
import { Implements, type StreamEvent, TheCall } from '../../src';
import { addNote, failNote, listNotes, readNote, removeNote, watchNotes } from './notes.contract';

const NOTE = { id: '0198a3b0-0000-7000-8000-000000000001', text: 'first', tags: [] };

const databaseError = (originalCode: string) =>
  Object.assign(new Error('Raw query failed'), {
    name: 'PrismaClientKnownRequestError',
    code: 'P2010',
    meta: { driverAdapterError: { cause: { originalCode } } },
  });

const FAILURES: Record<string, () => unknown> = {
  rule: () => new BusinessRuleException('CONFLICT', 'The note is locked', { lockedBy: 'somebody' }),
  away: () => new BusinessRuleException('UPSTREAM_UNAVAILABLE'),
  exclusion: () => databaseError('23P01'),
  surprise: () => new Error('the password is swordfish'),
};

@Controller()
export class NotesController {
  /** Streams that were opened and not ended. */
  static watching = 0;
  /** Slow reads that have arrived, in all. */
  static slowReads = 0;

  @Implements(addNote)
  async add(@TheCall() call: Call<typeof addNote>): Promise<Out<typeof addNote>> {
    const { text, tags } = call.body;
    await sleep(1);
    return {
      ...NOTE,
      text,
      tags,
      by: call.principal.userId,
      organizationId: currentContext().organizationId ?? '',
      key: call.idempotencyKey,
      address: call.address,
    };
  }

  @Implements(listNotes)
  list(@TheCall() call: Call<typeof listNotes>): Promise<Out<typeof listNotes>> {
    const reply = {
      items: [NOTE],
      limit: call.query.limit,
      correlationId: call.correlationId,
      inner: 'not for callers',
    };
    return Promise.resolve(reply);
  }

  @Implements(readNote)
  async read(@TheCall() { params }: Call<typeof readNote>): Promise<Out<typeof readNote>> {
    if (params.id !== NOTE.id) {
      NotesController.slowReads += 1;
      await sleep(200);
      throw new BusinessRuleException('NOT_FOUND');
    }
    return NOTE;
  }

  @Implements(removeNote)
  remove(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  @Implements(failNote)
  fail(@TheCall() { params }: Call<typeof failNote>): Promise<Out<typeof failNote>> {
    const failure = FAILURES[params.how];
    if (failure) throw failure();
    return Promise.resolve({ ...NOTE, id: 'not a uuid' });
  }

  @Implements(watchNotes)
  async *watch(
    @TheCall() { query }: Call<typeof watchNotes>,
  ): AsyncGenerator<StreamEvent<{ position: number }>> {
    if (query.after === 404) throw new BusinessRuleException('NOT_FOUND');
    NotesController.watching += 1;
    try {
      for (let position = query.after + 1; ; position += 1) {
        yield { id: String(position), data: { position } };
        await sleep(position < query.after + 3 ? 1 : 50);
      }
    } finally {
      NotesController.watching -= 1;
    }
  }

  @Get('api/v1/uncontracted')
  uncontracted(): string {
    return 'nobody gets here';
  }
}
