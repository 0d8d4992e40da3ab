import { describe, expect, it } from '@jest/globals';
import { answerHeaders } from './answer-headers';

const NOTHING = { defaults: [], own: [] };

describe('answerHeaders', () => {
  it('lets the gateway have the last word on its own, and the first on what a service leaves out', () => {
    const given = { a: 'service', b: 'service', c: 'service' };
    const parts = { defaults: ['a', 'gateway', 'd', 'gateway'], own: ['b', 'gateway'] };
    expect(answerHeaders(given, parts)).toEqual([
      ...['b', 'gateway', 'd', 'gateway'],
      ...['a', 'service', 'c', 'service'],
      ...['vary', 'Accept-Encoding'],
    ]);
  });

  it('keeps every value of a header, and none that is about one connection', () => {
    const given = {
      'set-cookie': ['a=1', 'b=2'],
      connection: 'close, X-Private',
      'x-private': '1',
      'transfer-encoding': 'chunked',
      'keep-alive': 'timeout=5',
    };
    expect(answerHeaders(given, NOTHING)).toEqual([
      ...['set-cookie', 'a=1', 'set-cookie', 'b=2'],
      ...['vary', 'Accept-Encoding'],
    ]);
  });

  it.each([
    [undefined, undefined, 'Accept-Encoding'],
    ['accept-encoding', undefined, 'Accept-Encoding'],
    [['x-a, x-b', 'X-A'], undefined, 'X-A, x-b, Accept-Encoding'],
    ['x-a', 'Origin', 'Origin, x-a, Accept-Encoding'],
    ['*', 'Origin', '*'],
  ])('says what the answer depends on: %j and %j', (vary, own, expected) => {
    expect(answerHeaders({ vary }, { ...NOTHING, vary: own })).toEqual(['vary', expected]);
  });
});
