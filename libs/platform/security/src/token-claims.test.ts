import { expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readBearer } from './token-claims';

it('reads a bearer token together with its hash', () => {
  const hash = createHash('sha256').update('a.b.c').digest('base64url');
  expect(readBearer('Bearer a.b.c')).toEqual({ token: 'a.b.c', hash });
  expect(readBearer('bearer a.b.c')).toEqual({ token: 'a.b.c', hash });
});

it.each([undefined, '', 'Bearer', 'Bearer a.b', 'Basic YTpi', 'Bearer a.b.c d', 'Bearer  a.b.c'])(
  'finds none in %j',
  (header) => expect(readBearer(header)).toBeUndefined(),
);
