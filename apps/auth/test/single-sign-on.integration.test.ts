import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addSignOnDomain,
  createRole,
  type Permission,
  readSingleSignOn,
  removeSignOnDomain,
  removeSingleSignOn,
  setSingleSignOn,
  singleSignOnChanged,
  verifySignOnDomain,
} from '@orion/contracts';
import { LocalProvider, problemOf } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { type AuthHarness, startAuth } from './auth.harness';
import { ForgingProvider } from './forging-provider';
import { joining, type Signed } from './members';

describe('single sign-on of an organization', () => {
  let auth: AuthHarness;
  let names: LocalProvider;
  let provider: ForgingProvider;
  let admin: Signed;

  beforeAll(async () => {
    [names, provider] = await Promise.all([
      LocalProvider.start({ clientId: 'orion', clientSecret: 'any', redirectUri: 'http://localhost:3000/' }),
      ForgingProvider.start(),
    ]);
    auth = await startAuth({ SIGN_ON_ALLOW_LOOPBACK: 'true', DNS_SERVERS: names.dns });
    admin = await auth.member();
  });

  afterAll(async () => {
    await auth.close();
    await Promise.all([names.stop(), provider.stop()]);
  });

  const wish = (more: object = {}) => ({
    body: { issuer: provider.issuer, clientId: 'orion', clientSecret: 'a secret of theirs', ...more },
  });
  const as = (who: Signed = admin) => auth.as(who.accessToken);
  const told = ({ organizationId }: Signed) =>
    auth.sql<{ envelope: string }>(
      'SELECT envelope FROM platform.outbox WHERE type = $1 AND organization_id = $2 ORDER BY position',
      [singleSignOnChanged.type, organizationId],
    );

  it('is nothing until it is set', async () => {
    expect(await as().call(readSingleSignOn)).toEqual({
      provider: null,
      domains: [],
      redirectUri: 'http://localhost:3000/sign-in/sso',
    });
  });

  it('is set, told and read without its secret, which is kept sealed', async () => {
    const set = await as().call(setSingleSignOn, wish({ createMembers: true, defaultRole: 'member' }));
    expect(set.provider).toMatchObject({
      ...{ issuer: provider.issuer, clientId: 'orion', enabled: true, createMembers: true },
      defaultRole: 'member',
    });
    expect(await as().call(readSingleSignOn)).toEqual(set);
    const [event] = await told(admin);
    expect(JSON.parse(event?.envelope ?? '')).toMatchObject({
      data: { provider: { issuer: provider.issuer, enabled: true }, domains: [], changedBy: admin.userId },
    });
    const [row] = await auth.sql<{ client_secret: Buffer }>('SELECT client_secret FROM identity_provider');
    const kept = [JSON.stringify(set), event?.envelope, row?.client_secret.toString('latin1')].join();
    expect(kept).not.toContain('a secret of theirs');
  });

  it('keeps the secret that is left out, for the same issuer and client only', async () => {
    const { clientSecret: _, ...same } = wish().body;
    expect((await as().call(setSingleSignOn, { body: same })).provider?.enabled).toBe(true);
    const problem = await problemOf(as().call(setSingleSignOn, { body: { ...same, clientId: 'another' } }));
    expect(problem).toMatchObject({
      code: 'CLIENT_SECRET_MISSING',
      errors: [{ field: 'body.clientSecret' }],
    });
  });

  it.each([
    ['http://127.0.0.1:1', 'PROVIDER_REFUSED'],
    ['http://10.1.2.3', 'PROVIDER_REFUSED'],
    ['https://169.254.169.254/latest', 'PROVIDER_REFUSED'],
    ['https://user:password@example.org', 'PROVIDER_REFUSED'],
    ['ftp://example.org', 'VALIDATION_FAILED'],
    ['nonsense', 'VALIDATION_FAILED'],
  ])('refuses the issuer %s and changes nothing', async (issuer, code) => {
    const before = await as().call(readSingleSignOn);
    const problem = await problemOf(as().call(setSingleSignOn, wish({ issuer })));
    expect(problem).toMatchObject({ code, errors: [{ field: 'body.issuer' }] });
    expect(await as().call(readSingleSignOn)).toEqual(before);
  });

  it('refuses a provider that calls itself by another name', async () => {
    provider.metadata = { issuer: 'https://accounts.example.org' };
    expect(await problemOf(as().call(setSingleSignOn, wish()))).toMatchObject({ code: 'PROVIDER_REFUSED' });
    provider.metadata = {};
  });

  it('lets nobody give newcomers what they lack, or a role that is none', async () => {
    expect(await problemOf(as().call(setSingleSignOn, wish({ defaultRole: randomUUID() })))).toMatchObject({
      code: 'ROLE_UNKNOWN',
      errors: [{ field: 'body.defaultRole' }],
    });
    const permissions: Permission[] = ['single-sign-on.manage', 'team.view', 'agent.view'];
    const { id } = await as().call(createRole, { body: { name: 'Keeper of the door', permissions } });
    const keeper = await joining(auth, admin, [id]);
    const beyond = as(keeper).call(setSingleSignOn, wish({ defaultRole: 'operator' }));
    expect(await problemOf(beyond)).toMatchObject({ code: 'FORBIDDEN' });
    expect((await as(keeper).call(setSingleSignOn, wish())).provider?.defaultRole).toBe('viewer');
  });

  it('is removed, once', async () => {
    const other = await auth.member();
    await as(other).call(setSingleSignOn, wish());
    await as(other).call(removeSingleSignOn);
    await as(other).call(removeSingleSignOn);
    expect((await as(other).call(readSingleSignOn)).provider).toBeNull();
    expect(await told(other)).toHaveLength(2);
  });

  describe('domains', () => {
    it('are verified by a record in their DNS', async () => {
      const domain = await as().call(addSignOnDomain, { body: { domain: ' Proved.Example ' } });
      expect(domain).toMatchObject({
        domain: 'proved.example',
        recordName: '_orion.proved.example',
        verifiedAt: null,
      });
      expect(await as().call(addSignOnDomain, { body: { domain: 'proved.example' } })).toEqual(domain);
      const { id } = domain;
      await names.tell(domain.recordName, ['v=spf1 -all', `${domain.record}x`]);
      const unproved = await problemOf(as().call(verifySignOnDomain, { params: { id } }));
      expect(unproved).toMatchObject({ code: 'DOMAIN_UNPROVED' });
      expect(unproved.detail).toContain(domain.record);

      await names.tell(domain.recordName, ['v=spf1 -all', domain.record]);
      const verified = await as().call(verifySignOnDomain, { params: { id } });
      expect(verified.verifiedAt).not.toBeNull();
      await names.tell(domain.recordName, []);
      expect(await as().call(verifySignOnDomain, { params: { id } })).toEqual(verified);
      const events = await told(admin);
      expect(JSON.parse(events.at(-1)?.envelope ?? '')).toMatchObject({
        data: { domains: ['proved.example'] },
      });
    });

    it('are of one organization only, and of no other to see', async () => {
      const other = await auth.member();
      const mine = await as(other).call(addSignOnDomain, { body: { domain: 'proved.example' } });
      await names.tell(mine.recordName, [mine.record]);
      const call = as(other).call(verifySignOnDomain, { params: { id: mine.id } });
      expect(await problemOf(call)).toMatchObject({ code: 'DOMAIN_TAKEN' });
      const { domains } = await as().call(readSingleSignOn);
      const [theirs] = domains;
      for (const id of [theirs?.id ?? '', randomUUID()]) {
        for (const endpoint of [verifySignOnDomain, removeSignOnDomain])
          expect(await problemOf(as(other).call(endpoint, { params: { id } }))).toMatchObject({
            code: 'NOT_FOUND',
          });
      }
      expect((await as().call(readSingleSignOn)).domains).toEqual(domains);

      await as().call(removeSignOnDomain, { params: { id: theirs?.id ?? '' } });
      expect(
        (await as(other).call(verifySignOnDomain, { params: { id: mine.id } })).verifiedAt,
      ).not.toBeNull();
    });

    it.each([
      'example',
      'a b.example',
      '-a.example',
      'exämple.org',
      '1.2.3.4',
      'a..example',
      '.example',
      `${'a'.repeat(64)}.org`,
    ])('are not %s', async (domain) => {
      expect(await problemOf(as().call(addSignOnDomain, { body: { domain } }))).toMatchObject({
        code: 'VALIDATION_FAILED',
        errors: [{ field: 'body.domain' }],
      });
    });

    it('are at most fifty', async () => {
      const other = await auth.member();
      await auth.sql(
        `INSERT INTO sign_on_domain (id, organization_id, domain, token)
         SELECT gen_random_uuid(), $1, n || '.example', n::text FROM generate_series(1, 50) n`,
        [other.organizationId],
      );
      const call = as(other).call(addSignOnDomain, { body: { domain: 'more.example' } });
      expect(await problemOf(call)).toMatchObject({ code: 'DOMAIN_LIMIT' });
    });
  });
});
