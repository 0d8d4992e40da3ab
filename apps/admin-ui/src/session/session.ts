import { type Client } from '@orion/client';
import {
  listOrganizations,
  login,
  logout,
  refresh,
  type Credentials,
  type Reply,
  type Tokens,
} from '@orion/contracts';
import { type z } from 'zod';
import { isProblem } from '../shared/problem';
import { type SessionChannel, type SessionMessage } from './session-channel';
import { type TokenStore } from './token-store';

export type Choice = Reply<typeof listOrganizations>['items'][number];
type TokenSet = z.infer<typeof Tokens>;
type Access = { token: string; endsAt: number };
type Person = { userId: string; organizationId: string };

/** `ended`: the session ran out under the person's hands; their screen stays until they sign in again. */
export type SessionState =
  | { status: 'restoring' }
  | { status: 'signed-out' }
  | ({ status: 'signed-in' } & Person)
  | ({ status: 'ended' } & Person);

/** Milliseconds before its end at which an access token is exchanged. */
const EARLY_MS = 30_000;
/** Milliseconds a new tab waits for another one to share its session. */
const ASK_MS = 200;
/** Milliseconds after an exchange in which a 401 is blamed on the token before. */
const SETTLED_MS = 2_000;

/** Who is signed in: access token in memory, exchanged before it ends, never twice at the same time. */
export class Session {
  private state: SessionState = { status: 'restoring' };
  private access: Access | null = null;
  private running: Promise<void> | null = null;
  private recoveredAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();

  constructor(
    /** A client that calls with this access token, or with none. */
    private readonly client: (accessToken?: string) => Client,
    private readonly store: TokenStore,
    private readonly channel: SessionChannel,
  ) {
    channel.listen((message) => this.hear(message));
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): SessionState => this.state;

  /** Takes up the session this tab had before it was reloaded, or the one another tab has. */
  async restore(): Promise<void> {
    if (this.store.read() === null) {
      this.channel.send({ kind: 'ask' });
      await new Promise((done) => setTimeout(done, ASK_MS));
    }
    if (this.access) return;
    if (this.store.read() === null) return this.become({ status: 'signed-out' });
    await this.renew().catch(() => this.become({ status: 'signed-out' }));
  }

  /** Signs in; a person of several organizations who named none is asked which one, and is not signed in yet. */
  async signIn(credentials: z.input<typeof Credentials>): Promise<Choice[]> {
    const tokens = await this.client().call(login, { body: credentials });
    if (credentials.organizationId === undefined) {
      const items = await this.organizations(tokens.accessToken);
      if (items.length > 1) {
        void this.leave(tokens.refreshToken);
        return items;
      }
    }
    this.adopt(tokens);
    return [];
  }

  async signOut(): Promise<void> {
    const refreshToken = this.store.read();
    this.drop({ status: 'signed-out' });
    if (refreshToken === null) return;
    this.channel.send({ kind: 'left', refreshToken });
    await this.leave(refreshToken);
  }

  /** The access token to send now; undefined where nobody is signed in. */
  async token(): Promise<string | undefined> {
    if (!this.fresh() && this.store.read() !== null) await this.renew();
    return this.access?.token;
  }

  /** After a 401: true once there is another access token to try. */
  async recover(): Promise<boolean> {
    if (Date.now() - this.recoveredAt < SETTLED_MS) return true;
    if (!this.running) this.access = null;
    try {
      await this.renew();
      this.recoveredAt = Date.now();
      return this.access !== null;
    } catch {
      return false;
    }
  }

  /** Exchanges the refresh token for new ones, once however many ask at the same time. */
  private async renew(): Promise<void> {
    this.running ??= this.channel
      .exclusive(() => this.exchange())
      .finally(() => {
        this.running = null;
      });
    await this.running;
  }

  private async exchange(): Promise<void> {
    const refreshToken = this.store.read();
    if (refreshToken === null || this.fresh()) return;
    try {
      const tokens = await this.client().call(refresh, { body: { refreshToken } });
      this.channel.send({ kind: 'renewed', replaced: refreshToken, tokens });
      this.adopt(tokens);
    } catch (error) {
      if (isProblem(error, 401)) this.end();
      throw error;
    }
  }

  /** Unanswered, one signs in to the oldest organization rather than not at all. */
  private organizations(accessToken: string): Promise<Choice[]> {
    return this.client(accessToken)
      .call(listOrganizations)
      .then(({ items }) => items)
      .catch(() => []);
  }

  private leave(refreshToken: string): Promise<void> {
    return this.client()
      .call(logout, { body: { refreshToken } })
      .catch(() => undefined);
  }

  private fresh(): boolean {
    return this.access !== null && this.access.endsAt - Date.now() > EARLY_MS;
  }

  private adopt(tokens: TokenSet): void {
    this.store.write(tokens.refreshToken);
    this.access = { token: tokens.accessToken, endsAt: Date.now() + tokens.expiresIn * 1000 };
    clearTimeout(this.timer);
    const wait = Math.max(1000, tokens.expiresIn * 1000 - EARLY_MS);
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
    const { userId, organizationId } = tokens;
    this.become({ status: 'signed-in', userId, organizationId });
  }

  private end(): void {
    const { state } = this;
    this.drop('userId' in state ? { ...state, status: 'ended' } : { status: 'signed-out' });
  }

  private drop(state: SessionState): void {
    clearTimeout(this.timer);
    this.access = null;
    this.store.write(null);
    this.become(state);
  }

  private hear(message: SessionMessage): void {
    const own = this.store.read();
    if (message.kind === 'renewed' && message.replaced === own) this.adopt(message.tokens);
    if (message.kind === 'left' && message.refreshToken === own) this.drop({ status: 'signed-out' });
    if (message.kind === 'answer' && own === null && this.state.status === 'restoring')
      this.adopt(message.tokens);
    if (message.kind === 'ask' && own !== null && this.access && 'userId' in this.state) {
      const { userId, organizationId } = this.state;
      const expiresIn = Math.max(0, Math.floor((this.access.endsAt - Date.now()) / 1000));
      const accessToken = this.access.token;
      const tokens = {
        accessToken,
        tokenType: 'Bearer' as const,
        expiresIn,
        refreshToken: own,
        userId,
        organizationId,
      };
      this.channel.send({ kind: 'answer', tokens });
    }
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
