import { describe, expect, it } from '@jest/globals';
import * as contracts from '@orion/contracts';
import { z } from 'zod';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { findingsIn } from './findings';
import { keepingFaults } from './keeping-faults';

const { endpoint, event, question } = contracts;
const small = takeCatalogue({
  readNote: endpoint({
    id: 'notes.read',
    service: 'user',
    method: 'GET',
    path: '/notes',
    summary: 'x',
    access: 'public',
    reply: z.object({}),
  }),
  noteWritten: event({ type: 'orion.user.note.written.v1', summary: 'x', data: z.object({}) }),
  anyNotes: question({ pattern: 'user.any-notes', ask: z.strictObject({}), answer: z.object({}) }),
});

const IMPORTS = `import { readNote, noteWritten as written, anyNotes } from '@orion/contracts';\n`;
const CONTROLLER = `${IMPORTS}
@Controller()
export class NoteController {
  @Implements(readNote)
  read() { return this.outbox.publish(tx, written, fact); }

  @Answers(anyNotes)
  any() { return {}; }
}`;
const MODULE = '@Module({ controllers: [NoteController], providers: [Other] }) export class NotesModule {}';

const faults = (services: Record<string, Record<string, string>>): string[] =>
  keepingFaults(
    small,
    Object.entries(services).map(([service, files]) => ({
      service,
      files: new Map(Object.entries(files).map(([file, source]) => [file, findingsIn(source, file)])),
    })),
  );
const user = (controller: string, more: Record<string, string> = {}) => ({
  user: { 'notes.controller.ts': controller, 'notes.module.ts': MODULE, ...more },
});

describe('a service that keeps its contracts', () => {
  it('has no faults', () => {
    expect(faults(user(CONTROLLER))).toEqual([]);
    const whole = CONTROLLER.replace(IMPORTS, `import * as c from '@orion/contracts';`)
      .replace('(readNote)', '(c.readNote)')
      .replace('written,', 'c.noteWritten,')
      .replace('(anyNotes)', '(c.anyNotes)');
    expect(faults(user(whole))).toEqual([]);
  });

  it('may publish an event in several places', () => {
    const more = `${IMPORTS} class Job { run() { return outbox.publish(tx, written, fact); } }`;
    expect(faults(user(CONTROLLER, { 'notes.job.ts': more }))).toEqual([]);
  });
});

describe('a planted omission is found:', () => {
  it.each<[string, string, string]>([
    [
      'an endpoint nobody implements',
      '@Implements(readNote)',
      'notes.read is implemented nowhere in apps/user',
    ],
    ['a question nobody answers', '@Answers(anyNotes)', 'user.any-notes is answered nowhere in apps/user'],
    [
      'an event nobody publishes',
      'this.outbox.publish(tx, written, fact)',
      'orion.user.note.written.v1 is published nowhere in apps/user',
    ],
  ])('%s', (_, taken, expected) => {
    const [fault, ...more] = faults(user(CONTROLLER.replace(taken, '')));
    expect(more).toEqual([]);
    expect(fault).toContain(expected);
    expect(fault).toMatch(/: (give a controller|call outbox\.publish)/);
  });

  it('publishing with a number is publishing', () => {
    expect(faults(user(CONTROLLER.replace('outbox.publish(', 'outbox.publishNumbered(')))).toEqual([]);
  });

  it('something else called publish is no publishing', () => {
    const other = CONTROLLER.replace('this.outbox.publish', 'this.events.publish');
    expect(faults(user(other))[0]).toContain('orion.user.note.written.v1 is published nowhere');
  });

  it('an endpoint implemented twice', () => {
    const twin = CONTROLLER.replace('NoteController', 'Other').replace('@Answers(anyNotes)', '');
    expect(faults(user(CONTROLLER, { 'twin.controller.ts': twin }))).toEqual([
      'notes.read is implemented 2 times, at notes.controller.ts:5 and twin.controller.ts:5: keep one of them.',
    ]);
  });

  it('a contract kept by another service', () => {
    expect(faults({ ...user(''), auth: { 'a.ts': CONTROLLER, 'b.ts': MODULE } })).toEqual(
      expect.arrayContaining([
        expect.stringContaining('notes.read is implemented nowhere in apps/user'),
        'notes.read belongs to user but is implemented at a.ts:5: move it to apps/user.',
        'orion.user.note.written.v1 belongs to user but is published at a.ts:6: move it to apps/user.',
      ]),
    );
  });

  it('a controller no module lists', () => {
    expect(faults({ user: { 'notes.controller.ts': CONTROLLER } })[0]).toBe(
      'notes.read is implemented at notes.controller.ts:5, but no module lists NoteController: name it among its ' +
        'controllers.',
    );
  });

  it('a contract that is not named where it is kept', () => {
    const hidden = CONTROLLER.replace('@Implements(readNote)', '@Implements(pick(readNote))');
    expect(faults(user(hidden))).toEqual([
      expect.stringContaining('notes.read is implemented nowhere'),
      'notes.controller.ts:5 does not name a contract of @orion/contracts itself: import it and name it there.',
    ]);
  });
});
