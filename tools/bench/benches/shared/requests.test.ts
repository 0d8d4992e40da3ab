import { expect, it } from '@jest/globals';
import { getText, postText } from './requests';

it('writes a read with its bearer, and ends it with an empty line', () => {
  const lines = getText('/a', 'token').split('\r\n');
  expect(lines[0]).toBe('GET /a HTTP/1.1');
  expect(lines).toContain('Authorization: Bearer token');
  expect(lines.slice(-2)).toEqual(['', '']);
});

it('writes a body behind its length in bytes', () => {
  const [head = '', body] = postText('/a', { name: 'Zoë' }).split('\r\n\r\n');
  expect(body).toBe('{"name":"Zoë"}');
  expect(head).toContain('Content-Length: 15');
});
