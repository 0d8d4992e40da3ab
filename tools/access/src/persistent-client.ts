import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem, createClient } from '@orion/client';
import { type Endpoint, login, type Reply, type Request } from '@orion/contracts';

/** The client gives a call without any answer this status. */
const NO_ANSWER = 0;

/** Answers after which the same request, with the same key, is worth another try. */
const PASSING = new Set([NO_ANSWER, 429, 502, 503, 504]);
const PASSING_CODES = new Set(['REQUEST_IN_PROGRESS', 'CONCURRENT_UPDATE', 'LOCK_TIMEOUT']);

const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (PASSING.has(error.status) || PASSING_CODES.has(error.problem.code));

export interface PersistentClient {
  /**
   * Calls until there is a lasting answer: network faults and passing refusals are tried again, with growing
   * pauses, for `patienceMs`. Safe because every changing call carries an idempotency key.
   */
  call<E extends Endpoint>(endpoint: E, input: Request<E>, key?: string): Promise<Reply<E>>;
}

export interface Login {
  email: string;
  password: string;
  organizationId?: string;
}

/** A client as an integrator would write it: signs in, signs in again when the token has ended, and persists. */
export function persistentClient(baseUrl: string, who: Login | null, patienceMs = 120_000): PersistentClient {
  let token: string | undefined;
  let signingIn: Promise<void> | undefined;
  const client = createClient({ baseUrl, token: () => token });

  /** Once, however many calls need it. */
  const signIn = (body: Login): Promise<void> => {
    signingIn ??= client
      .call(login, { body })
      .then((it) => void (token = it.accessToken))
      .finally(() => (signingIn = undefined));
    return signingIn;
  };

  const attempt = async <E extends Endpoint>(
    endpoint: E,
    input: Request<E>,
    key?: string,
  ): Promise<Reply<E>> => {
    if (who && !token && endpoint.access !== 'public') await signIn(who);
    const sent = token;
    try {
      return await client.call(endpoint, input, { idempotencyKey: key, signal: AbortSignal.timeout(30_000) });
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401 && token && endpoint.access !== 'public'))
        throw error;
      if (token === sent) token = undefined;
      return attempt(endpoint, input, key);
    }
  };

  return {
    async call(endpoint, input, key) {
      const until = Date.now() + patienceMs;
      for (let pause = 100; ; pause = Math.min(pause * 2, 3_000)) {
        try {
          return await attempt(endpoint, input, key);
        } catch (error) {
          if (!isPassing(error) || Date.now() + pause > until) throw error;
          await sleep(pause);
        }
      }
    },
  };
}
