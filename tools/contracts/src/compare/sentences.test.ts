import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { breakage, clauseOf } from './sentences';
import { ask, changes, door, fact, T } from './test-entries';

const sentence = (older: object, newer: object, consumers: string[]) => {
  const catalogues = [takeCatalogue({ API_PREFIX: '/api', ...older }), takeCatalogue({})];
  return changes(older, newer).map((it) => breakage(it, consumers, catalogues, '2.0.0'));
};

it('a broken endpoint names its door, the field, whom it concerns, and what to do', () => {
  expect(sentence({ it: door() }, { it: door({ reply: z.object({}) }) }, ['admin-ui', 'e2e'])).toEqual([
    'notes.add (POST /api/notes/:id): the field `id` of the reply is gone, which concerns admin-ui, e2e and ' +
      'integrators (implemented by user); leave it as it was and give the new shape an endpoint of its own beside ' +
      'it, or take the step to contracts 2.0.0 (docs/guides/change-a-contract.md).',
  ]);
});

it('a broken event names its next version and its webhook subscribers', () => {
  const [was, is] = [fact(z.object({ a: T })), fact(z.object({ b: T }))];
  expect(sentence({ it: was }, { it: is }, ['gateway'])).toEqual([
    'orion.user.thing.happened.v1: the field `a` of the data is gone, and `b` of the same shape has come, which ' +
      'concerns gateway and webhook subscribers of thing.happened (published by user); leave it as it was and ' +
      'publish orion.user.thing.happened.v2 beside it, or take the step to contracts 2.0.0 ' +
      '(docs/guides/change-a-contract.md).',
  ]);
});

it('what nobody uses says so', () => {
  const [told] = sentence({ it: ask() }, {}, []);
  expect(told).toContain(
    'question user.thing: is gone, which concerns nobody in this repository (answered by user)',
  );
});

it('several endpoints are told by their ids', () => {
  const two = (body: z.ZodType) => ({
    one: door({ id: 'a.one', input: { body } }),
    two: door({ id: 'a.two', path: '/two', input: { body } }),
  });
  const [change] = changes(two(z.strictObject({})), two(z.strictObject({ a: T })));
  expect(change && clauseOf(change, [])).toBe(
    'a.one and a.two: the field `a` of the body is new and required',
  );
});
