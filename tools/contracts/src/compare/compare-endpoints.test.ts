import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { door, type Over, T, told } from './test-entries';

describe('an endpoint', () => {
  it.each<[string, Over, boolean, string]>([
    ['another method', { method: 'PUT' }, true, 'is at PUT /api/notes/:id and was at POST /api/notes/:id'],
    ['another owner', { service: 'auth' }, false, 'is answered by auth and was by user'],
    ['a key needed', { idempotency: 'required' }, true, 'needs an `Idempotency-Key` now'],
    ['a key honoured', { idempotency: 'optional' }, false, 'honours an `Idempotency-Key`'],
    [
      'signed in is enough',
      { access: 'authenticated' },
      false,
      'is for anybody who is signed in and was for holders of `customer.view`',
    ],
    [
      'another permission',
      { access: 'customer.manage' },
      true,
      'is for holders of `customer.manage` and was for holders of `customer.view`',
    ],
    ['another status', { status: 201 }, true, 'answers with 201 and answered with 200'],
    ['a stream', { stream: true }, true, 'answers with a stream of events now'],
    ['a new refusal', { errors: ['NOT_FOUND'] }, false, 'can refuse with "NOT_FOUND"'],
    ['no body', { input: { params: z.strictObject({ id: T }) } }, true, 'no longer takes a body'],
    [
      'a new field of the reply',
      { reply: z.object({ id: T, more: T }) },
      false,
      'the field `more` of the reply is new',
    ],
    ['a field of the reply gone', { reply: z.object({}) }, true, 'the field `id` of the reply is gone'],
    [
      'a field of the reply null',
      { reply: z.object({ id: T.nullable() }) },
      true,
      'the field `id` of the reply may be null now',
    ],
    [
      'a text from a number',
      { reply: z.object({ id: z.number() }) },
      true,
      'the field `id` of the reply was a text and is a number now',
    ],
    ['a reply of another kind', { reply: z.array(T) }, true, 'the reply was an object and is a list now'],
    [
      'a new required field',
      { input: { params: z.strictObject({ id: T }), body: z.strictObject({ text: T, tag: z.number() }) } },
      true,
      'the field `tag` of the body is new and required',
    ],
    [
      'a new optional field',
      {
        input: {
          params: z.strictObject({ id: T }),
          body: z.strictObject({ text: T, tag: z.number().optional() }),
        },
      },
      false,
      'the field `tag` of the body is new and optional',
    ],
    [
      'a new query',
      {
        input: {
          params: z.strictObject({ id: T }),
          query: z.strictObject({ q: T.optional() }),
          body: z.strictObject({ text: T }),
        },
      },
      false,
      'the field `q` of the query is new and optional',
    ],
    [
      'a renamed field',
      { input: { params: z.strictObject({ id: T }), body: z.strictObject({ words: T }) } },
      true,
      'the field `text` of the body is no longer accepted, and `words` of the same shape has come',
    ],
    [
      'a shorter field',
      { input: { params: z.strictObject({ id: T }), body: z.strictObject({ text: T.max(5) }) } },
      true,
      'the field `text` of the body has become narrower: its greatest length is 5 and was none',
    ],
    [
      'a ruled field',
      {
        input: {
          params: z.strictObject({ id: T }),
          body: z.strictObject({ text: T.refine(() => true, 'must be kind') }),
        },
      },
      true,
      'the field `text` of the body has a new rule (“must be kind”)',
    ],
  ])('%s', (_, over, breaking, text) => {
    expect(told({ it: door() }, { it: door(over) })).toEqual([[breaking, text]]);
  });

  it.each<[string, Over, Over, boolean, string]>([
    [
      'no key any more',
      { idempotency: 'required' },
      { idempotency: 'none' },
      true,
      'no longer honours an `Idempotency-Key` (a repeat acts a second time)',
    ],
    [
      'no key needed',
      { idempotency: 'required' },
      { idempotency: 'optional' },
      false,
      'no longer needs an `Idempotency-Key`',
    ],
    [
      'no longer for all',
      { access: 'public' },
      { access: 'authenticated' },
      true,
      'is for anybody who is signed in and was for anybody',
    ],
    [
      'a refusal less',
      { errors: ['NOT_FOUND'] },
      { errors: [] },
      false,
      'no longer refuses with "NOT_FOUND"',
    ],
    ['no stream', { stream: true }, { stream: false }, true, 'no longer answers with a stream'],
    ['a body at last', { input: {} }, { input: { body: z.strictObject({}) } }, true, 'needs a body now'],
    [
      'a query less',
      { input: { query: z.strictObject({ q: T.optional() }) } },
      { input: {} },
      true,
      'the field `q` of the query is no longer accepted',
    ],
    [
      'a field less',
      { input: { body: z.strictObject({ text: T, tag: T.max(3).optional() }) } },
      { input: { body: z.strictObject({ text: T }) } },
      true,
      'the field `tag` of the body is no longer accepted',
    ],
    [
      'a field that need not be',
      { input: { body: z.strictObject({ text: T }) } },
      { input: { body: z.strictObject({ text: T.optional() }) } },
      false,
      'the field `text` of the body is no longer required',
    ],
    [
      'a longer field',
      { input: { body: z.strictObject({ text: T.max(5) }) } },
      { input: { body: z.strictObject({ text: T.max(9) }) } },
      false,
      'the field `text` of the body has become wider: its greatest length is 9 and was 5',
    ],
    [
      'another default',
      { input: { body: z.strictObject({ text: T.default('a') }) } },
      { input: { body: z.strictObject({ text: T.default('b') }) } },
      true,
      'the field `text` of the body is "b" where it is left out, and was "a"',
    ],
    [
      'a value more to send',
      { input: { body: z.strictObject({ a: z.enum(['x']) }) } },
      { input: { body: z.strictObject({ a: z.enum(['x', 'y']) }) } },
      false,
      'the field `a` of the body also takes "y"',
    ],
    [
      'a value less to send',
      { input: { body: z.strictObject({ a: z.enum(['x', 'y']) }) } },
      { input: { body: z.strictObject({ a: z.enum(['x']) }) } },
      true,
      'the field `a` of the body no longer takes "y"',
    ],
    [
      'a value more to read',
      { reply: z.object({ a: z.enum(['x']) }) },
      { reply: z.object({ a: z.enum(['x', 'y']) }) },
      true,
      'the field `a` of the reply may be "y" now (older readers refuse it)',
    ],
    [
      'a value less to read',
      { reply: z.object({ a: z.enum(['x', 'y']) }) },
      { reply: z.object({ a: z.enum(['x']) }) },
      false,
      'the field `a` of the reply is no longer "y"',
    ],
    [
      'more to read',
      { reply: z.object({ a: T.max(5) }) },
      { reply: z.object({ a: T.max(9) }) },
      true,
      'the field `a` of the reply has become wider: its greatest length is 9 and was 5 (older readers check it)',
    ],
  ])('%s', (_, was, is, breaking, text) => {
    expect(told({ it: door(was) }, { it: door(is) })).toEqual([[breaking, text]]);
  });

  it('is gone, is new, is called otherwise', () => {
    expect(told({ it: door() }, {})).toEqual([[true, 'is gone']]);
    expect(told({}, { it: door() })).toEqual([[false, 'is new']]);
    expect(told({ it: door() }, { it: door({ id: 'notes.put' }) })).toEqual([
      [true, 'is called "notes.put" now (generated clients know it by its id)'],
      [false, 'is new'],
    ]);
  });

  it('is not changed by words for people', () => {
    const reply = z.object({ id: T.meta({ description: 'The id' }) });
    expect(told({ it: door() }, { it: door({ summary: 'Other words', reply }) })).toEqual([]);
  });
});
