import { API_PREFIX, login, register } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** So many at a time that auth is busy and refuses none. */
const AT_ONCE = 8;

export interface Person {
  email: string;
  password: string;
}

async function post(port: number, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}${API_PREFIX}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Accounts with an organization each, made as everybody makes theirs. @param port of the gateway */
export async function registered(port: number, count: number): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, n) => ({
    email: `person-${n}-${randomUUID()}@example.org`,
    password: randomUUID(),
  }));
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(
      people.slice(from, from + AT_ONCE).map((person) =>
        post(port, register.path, {
          ...person,
          name: 'Ada',
          organizationName: 'Ada & Co',
          termsAccepted: true,
        }),
      ),
    );
  }
  return people;
}

/** @returns an access token */
export async function signedIn(port: number, person: Person): Promise<string> {
  const answer = await post(port, login.path, person);
  return z.object({ accessToken: z.string() }).parse(answer).accessToken;
}
