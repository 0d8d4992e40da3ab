import { describe, expect, it } from '@jest/globals';
import { CSRF_HEADER } from '@orion/contracts';
import { cookiesOf } from './call-cookies';

const USE = { name: 'jar', path: '/api' };
const PAGE = { [CSRF_HEADER]: '1', origin: 'https://orion.example.org', 'sec-fetch-site': 'same-origin' };

function call(headers: Record<string, string | string[] | undefined>) {
  const set: string[] = [];
  const request = { headers, protocol: 'https', host: 'orion.example.org' };
  return { set, cookies: cookiesOf(USE, request, (text) => void set.push(text)) };
}

describe('the cookies of a call', () => {
  it('are those of its contract, by key, in their order', () => {
    const { cookies } = call({ ...PAGE, cookie: 'other=1; jar_b=2; jar=3; jar_a=4' });
    expect([...cookies.held()]).toEqual([
      ['b', '2'],
      ['a', '4'],
    ]);
    expect([
      ...call({ ...PAGE, cookie: ['jar_a=1', 'jar_b=2'] })
        .cookies.held()
        .keys(),
    ]).toEqual(['a', 'b']);
  });

  it('are kept and dropped for its path', () => {
    const { cookies, set } = call(PAGE);
    cookies.keep('a', 'x', 60);
    cookies.drop('b');
    expect(set).toEqual([
      'jar_a=x; Path=/api; Max-Age=60; HttpOnly; Secure; SameSite=Strict',
      'jar_b=; Path=/api; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
    ]);
  });

  it.each([
    ['no header of its own', { ...PAGE, [CSRF_HEADER]: undefined }],
    ['no origin', { ...PAGE, origin: undefined }],
    ['a hidden origin', { ...PAGE, origin: 'null' }],
    ['another host', { ...PAGE, origin: 'https://evil.example' }],
    ['another port', { ...PAGE, origin: 'https://orion.example.org:8443' }],
    ['a sibling', { ...PAGE, 'sec-fetch-site': 'same-site' }],
  ])('count for nothing with %s', (_, headers) => {
    const refused = expect.objectContaining({ code: 'CROSS_SITE_REFUSED' });
    expect(() => call({ ...headers, cookie: 'jar_a=1' }).cookies.held()).toThrow(refused);
    expect(() => call(headers).cookies.keep('a', 'x')).toThrow(refused);
    expect(call({ ...headers, cookie: 'other=1' }).cookies.held().size).toBe(0);
  });

  it('do not exist where the contract names none', () => {
    const none = cookiesOf(
      undefined,
      { headers: { ...PAGE, cookie: 'jar_a=1' }, protocol: 'https', host: 'x' },
      () => undefined,
    );
    expect(none.held().size).toBe(0);
    none.drop('a');
    expect(() => none.keep('a', 'x')).toThrow('uses no cookie');
  });
});
