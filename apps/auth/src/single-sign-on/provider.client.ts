import { Inject, Injectable } from '@nestjs/common';
import { SIGN_ON_PAGE } from '@orion/contracts';
import { Log } from '@orion/logger';
import { AddressResolver, ForbiddenTarget, guardedFetch } from '@orion/outbound';
import { BusinessRuleException } from '@orion/problem';
import { Lru } from '@orion/security';
import { CONFIG } from '@orion/service';
import * as oidc from 'openid-client';
import type { AuthConfig } from '../auth.config';

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 256 * 1_024;
/** What a provider says of itself is asked for anew after this; its keys are asked for where one is not known. */
const FRESH_MS = 600_000;
const REMEMBERED = 1_000;

export interface Client {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export interface Journey {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
}

/** What the provider sent the browser back with. */
export interface Returned {
  code: string;
  state: string;
  iss?: string | undefined;
}

type Claims = Readonly<Record<string, unknown>>;

interface Known {
  configuration: oidc.Configuration;
  /** Milliseconds of `performance.now()`. */
  freshUntil: number;
}

/** As the provider asks for it; where it says nothing, as OpenID Connect has it. */
const authentication: oidc.ClientAuth = (server, client, body, headers) => {
  const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
  const basic = methods.includes('client_secret_basic');
  const way = basic ? oidc.ClientSecretBasic() : oidc.ClientSecretPost();
  return way(server, client, body, headers);
};

/** Another machine's fault, or nobody's; the same attempt begun again may succeed. */
function isAway(error: unknown): boolean {
  if (error instanceof ForbiddenTarget) return false;
  if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return true;
  const status = (error as { status?: unknown; cause?: { status?: unknown } }).cause?.status;
  return typeof status === 'number' && status >= 500;
}

/** Talks OpenID Connect with the providers of organizations: authorization code with PKCE, state and nonce. */
@Injectable()
export class ProviderClient {
  readonly redirectUri: string;
  private readonly known = new Lru<Known>(REMEMBERED);
  private readonly fetch: oidc.CustomFetch;
  private readonly allowLoopback: boolean;

  constructor(
    resolver: AddressResolver,
    @Inject(CONFIG) config: Pick<AuthConfig, 'PUBLIC_URL' | 'SIGN_ON_ALLOW_LOOPBACK'>,
    private readonly log: Log,
  ) {
    this.redirectUri = new URL(SIGN_ON_PAGE, config.PUBLIC_URL).href;
    this.allowLoopback = config.SIGN_ON_ALLOW_LOOPBACK;
    const guard = { allowLoopback: this.allowLoopback, timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES };
    this.fetch = guardedFetch(resolver, guard) as oidc.CustomFetch;
  }

  /**
   * Asks the provider for its metadata now.
   * @returns its issuer, as it names itself
   * @throws PROVIDER_REFUSED with the reason
   */
  async probe(client: Client): Promise<string> {
    try {
      const configuration = await this.discover(client);
      return configuration.serverMetadata().issuer;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BusinessRuleException('PROVIDER_REFUSED', `No metadata could be read: ${reason}`, {
        errors: [{ field: 'body.issuer', reason: 'is no usable OpenID Connect provider' }],
      });
    }
  }

  /** Where the browser goes. @throws UPSTREAM_UNAVAILABLE */
  async authorizationUrl(
    client: Client,
    { state, nonce, verifier }: Journey,
    email: string,
  ): Promise<string> {
    const configuration = await this.configuration(client);
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      login_hint: email,
    });
    const isPage = url.protocol === 'https:' || (this.allowLoopback && url.protocol === 'http:');
    if (!isPage)
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'The provider names no page to sign in at');
    return url.href;
  }

  /**
   * Redeems the code. The ID token's signature, issuer, audience, nonce and times are checked; claims it lacks are asked
   * for at the provider.
   * @throws SIGN_ON_FAILED, UPSTREAM_UNAVAILABLE
   */
  async claims(client: Client, journey: Journey, returned: Returned): Promise<Claims> {
    const configuration = await this.configuration(client);
    const url = new URL(this.redirectUri);
    url.searchParams.set('code', returned.code);
    url.searchParams.set('state', returned.state);
    if (returned.iss !== undefined) url.searchParams.set('iss', returned.iss);
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, url, {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider sent no ID token');
      if (typeof claims['email'] === 'string' || !configuration.serverMetadata().userinfo_endpoint)
        return claims;
      const told = await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return { ...told, ...claims };
    } catch (error) {
      this.log.warn('sign_on_provider_failed', { issuer: client.issuer, error });
      throw new BusinessRuleException(isAway(error) ? 'UPSTREAM_UNAVAILABLE' : 'SIGN_ON_FAILED');
    }
  }

  private async configuration(client: Client): Promise<oidc.Configuration> {
    const key = JSON.stringify(client);
    const known = this.known.get(key);
    if (known && known.freshUntil > performance.now()) return known.configuration;
    try {
      const configuration = await this.discover(client);
      this.known.set(key, { configuration, freshUntil: performance.now() + FRESH_MS });
      return configuration;
    } catch (error) {
      this.log.warn('sign_on_provider_failed', { issuer: client.issuer, error });
      if (known) return known.configuration;
      throw new BusinessRuleException('UPSTREAM_UNAVAILABLE', 'Your organization’s provider does not answer');
    }
  }

  private async discover({ issuer, clientId, clientSecret }: Client): Promise<oidc.Configuration> {
    const configuration = await oidc.discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret },
      authentication,
      {
        [oidc.customFetch]: this.fetch,
        timeout: TIMEOUT_MS / 1_000,
        // Without it openid-client speaks https alone.
        execute: this.allowLoopback ? [oidc.allowInsecureRequests] : [],
      },
    );
    // Also where the token came straight from the provider.
    oidc.enableNonRepudiationChecks(configuration);
    return configuration;
  }
}
