import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPermission, jwks } from '@orion/contracts';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_LIFE_S } from '@orion/security';
import { codeOf } from '@orion/testing';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { PUBLISHED_MS, SIGNS_MS } from '../src/keys/rotation';
import { SigningKeys } from '../src/keys/signing-keys.provider';
import { type AuthHarness, startAuth } from './auth.harness';

let auth: AuthHarness;
/** As an integrator holds it: fetched once, and again for a key it does not know. */
let keySet: ReturnType<typeof createRemoteJWKSet>;
beforeAll(async () => {
  auth = await startAuth();
  const address = new URL(`${auth.service.url}/api/v1${jwks.path}`);
  keySet = createRemoteJWKSet(address, { cooldownDuration: 0 });
});
afterAll(() => auth.close());

const OURS = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE, algorithms: [TOKEN_ALGORITHM] };
const verified = (token: string, currentDate?: Date) => jwtVerify(token, keySet, { ...OURS, currentDate });
const fails = (code: string) => expect.objectContaining({ code });
const minted = async () => (await auth.member()).accessToken;
const kidOf = (token: string) => decodeProtectedHeader(token).kid;
const published = async () => (await auth.as().call(jwks)).keys.map((it) => it.kid);
const toService = (token: string) =>
  codeOf(auth.as(token).call(checkPermission, { query: { permission: 'role.view' } }));
const keys = () => auth.service.app.get(SigningKeys, { strict: false });

async function rotated(): Promise<void> {
  await auth.sql(`UPDATE signing_key SET created_at = created_at - $1 * interval '1 ms' WHERE active`, [
    SIGNS_MS,
  ]);
  await keys().rotate(new Date(Date.now() + SIGNS_MS));
  await auth.sql('UPDATE signing_key SET retired_at = now() WHERE retired_at > now()');
}

const retiredFor = (kid: string | undefined, milliseconds: number) =>
  auth.sql(`UPDATE signing_key SET retired_at = now() - $2 * interval '1 ms' WHERE id = $1`, [
    kid,
    milliseconds,
  ]);

describe('the key set, as a library of others reads it,', () => {
  it('verifies what was signed before a rotation, until it expires, and what is signed after it', async () => {
    const before = await minted();
    const { exp = 0 } = decodeJwt(before);
    expect((await verified(before)).protectedHeader).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: kidOf(before),
    });
    await rotated();
    const after = await minted();
    expect(kidOf(after)).not.toBe(kidOf(before));
    expect((await verified(after)).protectedHeader.kid).toBe(kidOf(after));
    await verified(before, new Date(exp * 1000 - 1));
    await expect(verified(before, new Date(exp * 1000))).rejects.toEqual(fails('ERR_JWT_EXPIRED'));
    expect(await published()).toEqual([kidOf(after), kidOf(before)]);
  });

  it('keeps a retired key for longer than any of its tokens, and then leaves it out', async () => {
    const token = await minted();
    const kid = kidOf(token);
    await rotated();
    await retiredFor(kid, TOKEN_LIFE_S * 1000);
    expect(await published()).toContain(kid);
    await verified(token);
    await retiredFor(kid, PUBLISHED_MS + 1000);
    expect(await published()).not.toContain(kid);
    await keySet.reload();
    await expect(verified(token)).rejects.toEqual(fails('ERR_JWKS_NO_MATCHING_KEY'));
  });
});

describe('a token that says it is ours', () => {
  const claims = async () => decodeJwt(await minted());

  it('is refused without a signature', async () => {
    const { sub, org, sid, prm } = await claims();
    const unsigned = new UnsecuredJWT({ sub, org, sid, prm })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('5m')
      .encode();
    await expect(verified(unsigned)).rejects.toEqual(fails('ERR_JOSE_ALG_NOT_ALLOWED'));
    expect(await toService(unsigned)).toBe('UNAUTHENTICATED');
  });

  it('is refused from another issuer, even with our key, and with the key of somebody else, even under our name', async () => {
    const { sub, org, sid, prm } = await claims();
    const { id, privateKey } = await keys().active();
    const signed = (issuer: string, by = privateKey) =>
      new SignJWT({ sub, org, sid, prm })
        .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid: id })
        .setIssuer(issuer)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(by);
    const foreign = await signed('https://elsewhere.example');
    const forged = await signed(TOKEN_ISSUER, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    await expect(verified(foreign)).rejects.toEqual(fails('ERR_JWT_CLAIM_VALIDATION_FAILED'));
    await expect(verified(forged)).rejects.toEqual(fails('ERR_JWS_SIGNATURE_VERIFICATION_FAILED'));
    for (const token of [foreign, forged]) expect(await toService(token)).toBe('UNAUTHENTICATED');
    await verified(await signed(TOKEN_ISSUER));
  });
});
