import { type Client } from '@orion/client';
import {
  completeSignOn,
  type In,
  beginPasskeyLogin,
  endImpersonation,
  impersonate,
  listOrganizations,
  login,
  loginEnrol,
  loginSecondFactor,
  logout,
  passkeyLogin,
  refresh,
  type Credentials,
  type Reply,
  type Request,
  type Tokens,
} from '@orion/contracts';
import { type z } from 'zod';
import { isProblem } from '../shared/problem';
import { type SessionChannel, type SessionMessage } from './session-channel';
import { type TabOrganization } from './tab-organization';

export type Choice = Reply<typeof listOrganizations>['items'][number];
type PasskeyBody = Request<typeof passkeyLogin>['body'];
/** Has the browser sign what the platform asks, with a passkey the person chooses. */
export type SignWithPasskey = (asked: Reply<typeof beginPasskeyLogin>) => Promise<PasskeyBody['credential']>;
type TokenSet = z.infer<typeof Tokens>;
type Access = { token: string; endsAt: number };
type Person = { userId: string; organizationId: string };

/** Whom one acts for, and until when. */
export interface Acting {
  name: string;
  endsAt: string;
}

/** `ended`: the session ran out under the person's hands; their screen stays until they sign in again. */
export type SessionState =
  | { status: 'restoring' }
  | { status: 'signed-out' }
  | ({ status: 'signed-in'; acting?: Acting } & Person)
  | ({ status: 'ended' } & Person);

/** Milliseconds before its end at which an access token is exchanged. */
const EARLY_MS = 30_000;
/** Milliseconds after an exchange in which a 401 is blamed on the token before. */
const SETTLED_MS = 2_000;

/**
 * Who is signed in. The access token lives in memory only, the refresh token in a cookie that no script can read; it is
 * exchanged before the access token ends, by one tab at a time.
 */
export class Session {
  private state: SessionState = { status: 'restoring' };
  private access: Access | null = null;
  /** Lives in memory only: whoever loads the page again is themselves. */
  private acting: (Acting & { refreshToken: string; own: Person }) | null = null;
  private running: Promise<void> | null = null;
  private recoveredAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();

  constructor(
    /** A client that calls with this access token, or with none. */
    private readonly client: (accessToken?: string) => Client,
    private readonly tab: TabOrganization,
    private readonly channel: SessionChannel,
  ) {
    channel.listen((message) => this.hear(message));
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): SessionState => this.state;

  /** Takes up the session this browser has, with the organization this tab had before it was reloaded. */
  async restore(): Promise<void> {
    await this.renew().catch(() => undefined);
    if (this.state.status === 'restoring') this.become({ status: 'signed-out' });
  }

  /** Signs in; a person of several organizations who named none is asked which one, and is not signed in yet. */
  async signIn(credentials: z.input<typeof Credentials>): Promise<Choice[]> {
    const body = { remember: false, ...credentials };
    return this.take(await this.client().call(login, { body }), body.organizationId);
  }

  /** As `signIn`, with a passkey instead of credentials. */
  async signInWithPasskey(
    sign: SignWithPasskey,
    wish: Pick<PasskeyBody, 'organizationId' | 'remember'>,
  ): Promise<Choice[]> {
    const credential = await sign(await this.client().call(beginPasskeyLogin));
    const body = { remember: false, ...wish, credential };
    return this.take(await this.client().call(passkeyLogin, { body }), wish.organizationId);
  }

  /** Finishes a sign-in that was refused with `SECOND_FACTOR_REQUIRED`. @param answer six digits or a recovery code */
  async secondStep(challenge: string, answer: string): Promise<void> {
    const proof = /^\d{6}$/.test(answer.trim()) ? { code: answer.trim() } : { recoveryCode: answer };
    await this.enter(await this.client().call(loginSecondFactor, { body: { challenge, ...proof } }));
  }

  /** Signs in with what the organization's provider sent the browser back with. */
  async signOn(
    returned: Pick<In<typeof completeSignOn>['body'], 'attempt' | 'code' | 'state' | 'iss'>,
  ): Promise<void> {
    await this.enter(await this.client().call(completeSignOn, { body: { ...returned, remember: false } }));
  }

  /** Sets up an authenticator on the way. @returns its secret, to be typed in or read from the address */
  enrol(challenge: string): Promise<Reply<typeof loginEnrol>> {
    return this.client().call(loginEnrol, { body: { challenge } });
  }

  /** From here on one acts for another member, until `stopActing` or the end of the hour. @throws ApiProblem */
  async actFor(userId: string, reason: string): Promise<void> {
    const { state } = this;
    if (state.status !== 'signed-in') return;
    const body = { userId, reason };
    const tokens = await this.client(await this.token()).call(impersonate, { body });
    const { name, expiresAt: endsAt, refreshToken } = tokens;
    const own = { userId: state.userId, organizationId: state.organizationId };
    this.acting = { name, endsAt, refreshToken, own };
    this.adopt(tokens);
  }

  /** Back to oneself, at once; that the platform ends it as well is tried and not waited for. */
  async stopActing(): Promise<void> {
    if (!this.acting) return;
    const ending = this.client(this.access?.token).call(endImpersonation);
    ending.catch(() => undefined);
    this.beOneself(this.acting);
    await this.renew();
  }

  async signOut(): Promise<void> {
    const organizationId = this.organization();
    this.drop({ status: 'signed-out' });
    if (organizationId === undefined) return;
    this.channel.send({ kind: 'left', organizationId });
    await this.leave({ organizationId });
  }

  /** The access token to send now; undefined where nobody is signed in. */
  async token(): Promise<string | undefined> {
    if (!this.fresh() && this.state.status === 'signed-in') await this.renew();
    return this.access?.token;
  }

  /** After a 401: true once there is another access token to try. */
  async recover(): Promise<boolean> {
    if (this.state.status !== 'signed-in') return false;
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
    if (this.fresh() || (this.acting && (await this.goOnActing(this.acting)))) return;
    const organizationId = this.organization();
    try {
      this.adopt(await this.client().call(refresh, { body: { organizationId } }));
    } catch (error) {
      if (isProblem(error, 401)) this.end();
      throw error;
    }
  }

  /** @returns false where it is over: one is oneself again then */
  private async goOnActing(acting: NonNullable<Session['acting']>): Promise<boolean> {
    try {
      const tokens = await this.client().call(refresh, { body: { refreshToken: acting.refreshToken } });
      acting.refreshToken = tokens.refreshToken;
      this.adopt(tokens);
      return true;
    } catch (error) {
      if (!isProblem(error, 401)) throw error;
      this.beOneself(acting);
      return false;
    }
  }

  private beOneself({ own }: { own: Person }): void {
    this.acting = null;
    this.access = null;
    this.state = { status: 'signed-in', ...own };
  }

  private organization(): string | undefined {
    return 'organizationId' in this.state ? this.state.organizationId : this.tab.read();
  }

  /** Enters, unless it is to be asked first which organization is meant. */
  private async take(tokens: TokenSet, organizationId: string | undefined): Promise<Choice[]> {
    const items = organizationId === undefined ? await this.organizations(tokens.accessToken) : [];
    if (items.length > 1) {
      void this.leave({ refreshToken: tokens.refreshToken });
      return items;
    }
    await this.enter(tokens);
    return [];
  }

  /** Moves the session into a cookie, and takes it up. */
  private async enter({ refreshToken, userId, organizationId }: TokenSet): Promise<void> {
    this.adopt(await this.client().call(refresh, { body: { refreshToken, delivery: 'cookie' } }));
    this.channel.send({ kind: 'entered', userId, organizationId });
  }

  /** Unanswered, one signs in to the oldest organization rather than not at all. */
  private organizations(accessToken: string): Promise<Choice[]> {
    return this.client(accessToken)
      .call(listOrganizations)
      .then(({ items }) => items)
      .catch(() => []);
  }

  private leave(body: { refreshToken: string } | { organizationId: string }): Promise<void> {
    return this.client()
      .call(logout, { body })
      .catch(() => undefined);
  }

  private fresh(): boolean {
    return this.access !== null && this.access.endsAt - Date.now() > EARLY_MS;
  }

  private adopt({ userId, organizationId, accessToken, expiresIn }: TokenSet): void {
    this.access = { token: accessToken, endsAt: Date.now() + expiresIn * 1000 };
    clearTimeout(this.timer);
    const wait = Math.max(1000, expiresIn * 1000 - EARLY_MS);
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), wait);
    this.tab.write(organizationId);
    const acting = this.acting && { name: this.acting.name, endsAt: this.acting.endsAt };
    this.become({ status: 'signed-in', userId, organizationId, ...(acting ? { acting } : {}) });
  }

  private end(): void {
    const { state } = this;
    this.drop('userId' in state ? { ...state, status: 'ended' } : { status: 'signed-out' });
  }

  private drop(state: SessionState): void {
    clearTimeout(this.timer);
    this.access = null;
    this.acting = null;
    if (state.status === 'signed-out') this.tab.write(undefined);
    this.become(state);
  }

  private hear(message: SessionMessage): void {
    const { state } = this;
    if (!('userId' in state) || message.organizationId !== state.organizationId) return;
    const userId = this.acting?.own.userId ?? state.userId;
    if (message.kind === 'left' || message.userId !== userId) this.drop({ status: 'signed-out' });
    else if (state.status === 'ended') void this.renew().catch(() => undefined);
  }

  private become(state: SessionState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
