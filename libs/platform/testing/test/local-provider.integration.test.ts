import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Resolver } from 'node:dns/promises';
import { LocalProvider } from '../src';

const CLIENT = { clientId: 'a-client', clientSecret: 'its secret', redirectUri: 'http://localhost:1/back' };
/** RFC 7636, appendix B. */
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

let provider: LocalProvider;

beforeAll(async () => {
  provider = await LocalProvider.start(CLIENT);
});
afterAll(async () => {
  await provider.stop();
  await provider.stop();
});

it('signs whoever types an address in, and says so to its client', async () => {
  const wish = { response_type: 'code', client_id: CLIENT.clientId, redirect_uri: CLIENT.redirectUri };
  const proof = { code_challenge: CHALLENGE, code_challenge_method: 'S256', state: 'kept', nonce: 'once' };
  const query = new URLSearchParams({ ...wish, ...proof, scope: 'openid email profile' });
  const back = await provider.signIn(`${provider.issuer}/auth?${query}`, 'grace.hopper@example.org');
  expect(back.href).toContain(CLIENT.redirectUri);
  expect(back.searchParams.get('state')).toBe('kept');

  const answer = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa([CLIENT.clientId, CLIENT.clientSecret].map(encodeURIComponent).join(':'))}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CLIENT.redirectUri,
      code_verifier: VERIFIER,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const told = await fetch(`${provider.issuer}/me`, { headers: { authorization: `Bearer ${access_token}` } });
  expect(await told.json()).toEqual({
    sub: 'grace.hopper@example.org',
    email: 'grace.hopper@example.org',
    email_verified: true,
    name: 'Grace Hopper',
  });
});

it('fails where the provider shows no form to fill in', async () => {
  await expect(provider.signIn(`${provider.issuer}/nowhere`, 'a@b.example')).rejects.toThrow('shows no form');
});

it('answers for names it was told of', async () => {
  const names = new Resolver({ timeout: 1_000, tries: 1 });
  names.setServers([provider.dns]);
  await provider.tell('_orion.example.org', ['one', 'another']);
  expect((await names.resolveTxt('_orion.example.org')).flat().sort()).toEqual(['another', 'one']);
  await provider.tell('_orion.example.org', []);
  await expect(names.resolveTxt('_orion.example.org')).rejects.toMatchObject({ code: 'ENODATA' });
});
