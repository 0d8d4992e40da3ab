import { ApiProblem, type Client, createClient } from '@orion/client';
import { jwks, login, readMe, refresh, type Reply } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';
import { forgedTokens } from './forged-tokens';
import { newOrganization } from './organization';

type Tokens = Reply<typeof login>;

const ENDED_WITHIN_MS = 5_000;

const statusOf = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof ApiProblem) return error.status;
      throw error;
    },
  );

async function mustBe(what: string, expected: number, call: Promise<unknown>): Promise<void> {
  const status = await statusOf(call);
  if (status !== expected) throw new Error(`${what}: answered ${status} instead of ${expected}`);
}

/** Milliseconds until an access token is refused. @throws Error where that takes too long */
async function refusedAfter(me: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (;;) {
    if ((await statusOf(me())) === 401) return Math.round(performance.now() - begun);
    if (performance.now() - begun > ENDED_WITHIN_MS) {
      throw new Error(`an access token still worked ${ENDED_WITHIN_MS / 1000} s after its family ended`);
    }
    await sleep(100);
  }
}

/** Refresh tokens that come back, an answer that is lost, tokens that nobody of the platform signed. */
export const fault23: Fault = async (platform) => {
  const { url } = platform;
  const { who } = await newOrganization(platform, 'tokens');
  const anybody = createClient({ baseUrl: url });
  const as = (token: string): Client => createClient({ baseUrl: url, token: () => token });
  const signIn = (): Promise<Tokens> => anybody.call(login, { body: who });
  const exchange = ({ refreshToken }: Tokens): Promise<Tokens> =>
    anybody.call(refresh, { body: { refreshToken } });

  const lost = await signIn();
  const [first, second] = [await exchange(lost), await exchange(lost)];
  if (first.refreshToken !== second.refreshToken) throw new Error('a lost answer gave another successor');
  await mustBe('the successor of a lost answer', 200, exchange(second));

  const stolen = await signIn();
  const newest = await exchange(await exchange(stolen));
  await mustBe('the newest access token', 200, as(newest.accessToken).call(readMe));
  await mustBe('an old refresh token', 401, exchange(stolen));
  await mustBe('the newest refresh token of an ended family', 401, exchange(newest));
  const ms = await refusedAfter(() => as(newest.accessToken).call(readMe));
  const other = await signIn();
  await mustBe('another family of the same person', 200, exchange(other));

  const { keys } = await anybody.call(jwks);
  const forged = Object.entries(forgedTokens(other.accessToken, keys[0]?.n ?? ''));
  for (const [name, token] of forged) await mustBe(name, 401, as(token).call(readMe));
  await mustBe('the token they were made of', 200, as(other.accessToken).call(readMe));
  return `a lost answer got the same successor; an old token ended its family, access tokens refused after ${ms} ms; ${forged.length} forged tokens answered 401`;
};
