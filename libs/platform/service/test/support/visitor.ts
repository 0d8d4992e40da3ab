import { expect } from '@jest/globals';
import type { Problem } from '@orion/contracts';
import { connect } from 'node:net';
import { type startNotes, tokenWith } from './notes.service';

export const ID = '0198a3b0-0000-7000-8000-000000000001';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  value: Record<string, unknown>;
}

export interface Sent {
  method?: string;
  token?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Speaks plain HTTP to the notes service. */
export function visitor(notes: () => Awaited<ReturnType<typeof startNotes>>) {
  async function send(
    path: string,
    { method = 'GET', token, headers = {}, body }: Sent = {},
  ): Promise<Answer> {
    const response = await fetch(notes().url + path, {
      method,
      body,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const text = await response.text();
    const value: unknown = text.startsWith('{') ? JSON.parse(text) : text;
    return {
      status: response.status,
      headers: response.headers,
      text,
      value: value as Record<string, unknown>,
    };
  }

  const add = (body: unknown, more: Sent = {}) =>
    send('/api/v1/notes', {
      method: 'POST',
      token: tokenWith('customer.manage'),
      headers: { 'idempotency-key': 'key-1' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    });

  function raw(text: string): Promise<string> {
    const { port, hostname } = new URL(notes().url);
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });
  }

  return { send, add, raw };
}

export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect({ ...answer.value, status: answer.status }).toMatchObject({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.value).toMatchObject({
    status,
    type: expect.stringMatching(/^https:\/\/orion\.dev\/problems\//),
  });
  return answer.value as unknown as Problem;
}
