import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ask, changes, fact, T, told } from './test-entries';

describe('an event', () => {
  const was = z.object({ a: T });
  it.each<[string, z.ZodType, [boolean, string][]]>([
    [
      'a new field with a default',
      z.object({ a: T, b: T.max(2).default('') }),
      [[false, 'the field `b` of the data is new']],
    ],
    [
      'a new optional field',
      z.object({ a: T, b: T.max(2).optional() }),
      [[false, 'the field `b` of the data is new and optional']],
    ],
    [
      'a new field without a default',
      z.object({ a: T, b: z.number() }),
      [
        [
          true,
          'the field `b` of the data is new and has no default (events stored without it would be refused)',
        ],
      ],
    ],
    ['a field gone', z.object({}), [[true, 'the field `a` of the data is gone']]],
    [
      'a field renamed',
      z.object({ b: T }),
      [[true, 'the field `a` of the data is gone, and `b` of the same shape has come']],
    ],
    [
      'a narrower field',
      z.object({ a: T.max(2) }),
      [[true, 'the field `a` of the data has become narrower: its greatest length is 2 and was none']],
    ],
    [
      'a field that may be null',
      z.object({ a: T.nullable() }),
      [[true, 'the field `a` of the data may be null now']],
    ],
  ])('%s', (_, is, expected) => {
    expect(told({ it: fact(was) }, { it: fact(is) })).toEqual(expected);
  });

  it('with a field that is no longer optional', () => {
    expect(told({ it: fact(z.object({ a: T.optional() })) }, { it: fact(was) })).toEqual([
      [
        true,
        'the field `a` of the data is required without a default (events stored without it would be refused)',
      ],
    ]);
  });

  it.each<[string, object, object, boolean, string]>([
    [
      'no webhook',
      { webhook: { type: 'a.b' } },
      {},
      true,
      'no longer goes to webhook subscribers, who know it as `a.b`',
    ],
    [
      'another webhook',
      { webhook: { type: 'a.b' } },
      { webhook: { type: 'a.c' } },
      true,
      'goes to webhook subscribers as `a.c`, who know it as `a.b`',
    ],
    [
      'a first webhook',
      {},
      { webhook: { type: 'a.b' } },
      false,
      'also goes to webhook subscribers, as `a.b`',
    ],
  ])('%s', (_, older, newer, breaking, text) => {
    const [change] = changes({ it: fact(was, older) }, { it: fact(was, newer) });
    expect([change?.breaking, change?.text]).toEqual([breaking, text]);
    expect(change?.webhooks).toEqual(['a.b']);
  });

  it('concerns its producer and its webhook', () => {
    expect(changes({ it: fact(was) }, {})).toEqual([
      {
        subject: 'event',
        breaking: true,
        entries: ['orion.user.thing.happened.v1'],
        text: 'is gone',
        exports: ['it'],
        services: ['user'],
        webhooks: ['thing.happened'],
      },
    ]);
  });
});

it('a question is asked like a request and answered like a reply', () => {
  expect(told({ it: ask() }, { it: ask({ ask: z.strictObject({ a: T.max(2) }) }) })[0]?.[0]).toBe(true);
  expect(told({ it: ask() }, { it: ask({ answer: z.object({}) }) })).toEqual([
    [true, 'the field `b` of the answer is gone'],
  ]);
  expect(told({ it: ask() }, { it: ask({ answer: z.object({ b: T, c: T }) }) })[0]?.[0]).toBe(false);
  expect(told({ it: ask() }, {})).toEqual([[true, 'is gone']]);
});

it('the envelope of events is read', () => {
  const envelope = (shape: z.ZodRawShape) => ({ EventEnvelope: z.object(shape) });
  expect(told(envelope({ id: T, at: z.number() }), envelope({ id: T }))).toEqual([
    [true, 'the field `at` of the shape is gone'],
  ]);
  expect(told(envelope({ id: T }), {})).toEqual([[true, 'is gone']]);
});
