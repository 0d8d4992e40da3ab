import { setTimeout as sleep } from 'node:timers/promises';
import { ATTEMPTS, isPassing, pauseMs } from './retry';
import { exchange, type VaultAnswer, type VaultRequest } from './vault.http';
import type { VaultSettings } from './vault.settings';
import { loginRefused, readRefused, unreachable } from './vault-words';

const ATTEMPT_MS = 5_000;
const REDIRECTS = [301, 302, 307, 308];

export interface VaultOptions {
  /** Milliseconds for one exchange. */
  attemptMs?: number;
  pause?: typeof pauseMs;
}

type Sending = Pick<VaultRequest, 'method' | 'body'> & { token?: string };

/** Talks to the HTTP API of HashiCorp Vault, or of OpenBao, which kept it. */
export class VaultClient {
  constructor(
    private readonly settings: VaultSettings,
    private readonly options: VaultOptions = {},
  ) {}

  /** A token from the login of the settings. */
  async logIn(): Promise<string> {
    const { login, address } = this.settings;
    if ('token' in login) return login.token;
    const answer = await this.send(login.path, { method: 'POST', body: login.body });
    const token = (answer.body as { auth?: { client_token?: unknown } } | undefined)?.auth?.client_token;
    if (answer.status === 200 && typeof token === 'string') return token;
    throw loginRefused(answer.status, login, address);
  }

  /** Ends a token that a login gave. Where that fails, the token ends by its own time. */
  async logOut(token: string): Promise<void> {
    await this.once(this.urlOf('auth/token/revoke-self'), { method: 'POST', token }).catch(() => undefined);
  }

  /** Fields of the newest version of a secret in a KV engine of version 2, by the path its API has. */
  async read(path: string, token: string): Promise<Record<string, unknown>> {
    const answer = await this.send(path, { method: 'GET', token });
    const { data } = (answer.body ?? {}) as { data?: { data?: unknown; metadata?: unknown } };
    if (answer.status === 200 && isRecord(data?.data) && data.metadata) return data.data;
    throw readRefused(answer.status, path, data?.metadata, this.settings);
  }

  private urlOf(path: string): URL {
    const base = this.settings.address.href.replace(/\/+$/, '');
    return new URL(`${base}/v1/${path.split('/').map(encodeURIComponent).join('/')}`);
  }

  /** Asks until there is an answer that stays, or the tries are used up. */
  private async send(path: string, sending: Sending): Promise<VaultAnswer> {
    const { pause = pauseMs } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === ATTEMPTS;
      const outcome = await this.once(this.urlOf(path), sending).catch((error: unknown) => {
        const trouble = unreachable(error, this.settings.address);
        if (last || trouble.final) throw trouble.error;
        return undefined;
      });
      if (outcome && (last || !isPassing(outcome.status))) return outcome;
      await sleep(pause(attempt + 1, Math.random(), outcome?.retryAfterMs));
    }
  }

  /** One exchange; a standby that names its leader is believed once, if the way there is as safe. */
  private async once(url: URL, { token, ...request }: Sending): Promise<VaultAnswer> {
    const { namespace, authority } = this.settings;
    const full: VaultRequest = {
      ...request,
      authority,
      timeoutMs: this.options.attemptMs ?? ATTEMPT_MS,
      headers: {
        accept: 'application/json',
        'x-vault-request': 'true',
        ...(token ? { 'x-vault-token': token } : {}),
        ...(namespace ? { 'x-vault-namespace': namespace } : {}),
      },
    };
    const answer = await exchange(url, full);
    if (!REDIRECTS.includes(answer.status) || !answer.location) return answer;
    const leader = new URL(answer.location, url);
    return leader.protocol === url.protocol || leader.protocol === 'https:' ? exchange(leader, full) : answer;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
