import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = resolve(__dirname, '../identity-provider/main.mjs');
const MOST_STEPS = 12;

export interface ProviderClientSettings {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/**
 * A real OpenID Connect provider (`oidc-provider`) in a process of its own, at a free port of this machine, and a name
 * server beside it.
 */
export class LocalProvider {
  private constructor(
    readonly issuer: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(client: ProviderClientSettings): Promise<LocalProvider> {
    const child = spawn(process.execPath, [PROGRAM], {
      env: { ...process.env, PROVIDER_SETTINGS: JSON.stringify({ client }) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [issuer] = (await once(createInterface(child.stdout), 'line')) as [string];
    return new LocalProvider(issuer, child);
  }

  /** Of the name server. */
  get dns(): string {
    return `127.0.0.1:${new URL(this.issuer).port}`;
  }

  /** What the name server answers from now on. */
  async tell(name: string, texts: string[]): Promise<void> {
    const body = JSON.stringify({ name, texts });
    await fetch(`${this.issuer}/records`, { method: 'PUT', body });
  }

  /**
   * Goes through the provider's pages as a browser does: signs in as `email`, and consents.
   * @returns the address at which the provider sends the browser back
   */
  async signIn(authorizationUrl: string, email: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(authorizationUrl);
    let form: URLSearchParams | undefined;
    for (let step = 0; step < MOST_STEPS; step++) {
      const answer = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form ? { method: 'POST', body: form } : {}),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const page = await answer.text();
      const location = answer.headers.get('location');
      if (location !== null) {
        url = new URL(location, url);
        if (url.origin !== this.issuer) return url;
        form = undefined;
      } else {
        const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
        const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
        if (prompt === '')
          throw new Error(`the provider shows no form: ${answer.status} ${page.slice(0, 300)}`);
        url = new URL(action, url);
        form = new URLSearchParams({ prompt, login: email, password: 'any' });
      }
    }
    throw new Error('the provider did not send the browser back');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
