import { endpoint, event, question } from '@orion/contracts';
import { z } from 'zod';
import { takeCatalogue } from '../catalogue/take-catalogue';
import type { Change } from './change';
import { compare } from './compare';

export const T = z.string();
export type Over = Partial<Parameters<typeof endpoint>[0]>;
export const door = (over: Over = {}) =>
  endpoint({
    id: 'notes.add',
    service: 'user',
    method: 'POST',
    path: '/notes/:id',
    summary: 'x',
    access: 'customer.view',
    input: { params: z.strictObject({ id: T }), body: z.strictObject({ text: T }) },
    reply: z.object({ id: T }),
    ...over,
  });
export const fact = (data: z.ZodType, more: object = { webhook: { type: 'thing.happened' } }) =>
  event({ type: 'orion.user.thing.happened.v1', summary: 'x', data, ...more });
export const ask = (over: object = {}) =>
  question({ pattern: 'user.thing', ask: z.strictObject({ a: T }), answer: z.object({ b: T }), ...over });

/** What differs between two modules of contracts. */
export const changes = (older: object, newer: object): Change[] =>
  compare(takeCatalogue({ API_PREFIX: '/api', ...older }), takeCatalogue({ API_PREFIX: '/api', ...newer }));
export const told = (older: object, newer: object): [boolean, string][] =>
  changes(older, newer).map((it) => [it.breaking, it.text]);
