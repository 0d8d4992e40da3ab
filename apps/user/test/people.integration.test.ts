import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accountEmailChanged,
  changeMe,
  membershipChanged,
  organizationCreated,
  personChanged,
  readMe,
} from '@orion/contracts';
import { codeOf, refusal } from '@orion/testing';
import { AccountEmailConsumer } from '../src/people/account-email.consumer';
import { someEmail, startUser, type UserHarness } from './user.harness';

let user: UserHarness;
beforeAll(async () => void (user = await startUser()));
afterAll(() => user.close());

const published = (organizationId: string) =>
  user.sql<{ type: string; sequence: string; data: Record<string, unknown> }>(
    `SELECT type, sequence, envelope::json->'data' AS data FROM platform.outbox
      WHERE organization_id = $1 ORDER BY position`,
    [organizationId],
  );

describe('the question user.provision-account', () => {
  it('makes the person, their organization and their membership as admin, and tells everybody', async () => {
    const userId = randomUUID();
    const email = someEmail();
    const answer = await user.ask({ userId, email, organizationName: 'Lyon Dépannage' });
    expect(answer).toMatchObject({ userId, roles: ['admin'], sequence: 1 });
    const { organizationId, membershipId, joinedAt } = answer;
    expect(await published(organizationId)).toEqual([
      {
        type: organizationCreated.type,
        sequence: '1',
        data: { organizationId, name: 'Lyon Dépannage', slug: 'lyon-depannage', createdBy: userId },
      },
      {
        type: membershipChanged.type,
        sequence: '1',
        data: { membershipId, organizationId, userId, email, roles: ['admin'], active: true, joinedAt },
      },
    ]);
  });

  it('is answered the same when asked again, one after another or at once', async () => {
    const userId = randomUUID();
    const email = someEmail();
    const first = await user.ask({ userId, email });
    expect(await user.ask({ userId, email, organizationName: 'Another name' })).toEqual(first);
    const other = { userId: randomUUID(), email: someEmail() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => user.ask(other)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await published(answers[0]?.organizationId ?? '')).toHaveLength(2);
    const made = await user.sql('SELECT id FROM membership WHERE user_id = $1', [other.userId]);
    expect(made).toHaveLength(1);
  });

  it('refuses an e-mail another person has', async () => {
    const { email } = await user.account();
    await expect(user.ask({ email: email.toUpperCase() })).rejects.toMatchObject({
      problem: { code: 'EMAIL_TAKEN' },
    });
  });

  it('gives two organizations of one name different slugs', async () => {
    const [one, two] = [
      await user.ask({ organizationName: 'Same name' }),
      await user.ask({ organizationName: 'Same name' }),
    ];
    const slugs = await user.sql<{ slug: string }>(
      'SELECT slug FROM organization WHERE id = ANY ($1) ORDER BY id',
      [[one.organizationId, two.organizationId]],
    );
    expect(slugs[0]?.slug).toBe('same-name');
    expect(slugs[1]?.slug).toMatch(/^same-name-[0-9a-f]{10}$/);
  });
});

describe('me', () => {
  it('is the person with the organization of the token and the roles held there', async () => {
    const ada = await user.account();
    expect(await user.as(ada).call(readMe)).toMatchObject({
      id: ada.userId,
      email: ada.email,
      language: 'en',
      organization: { id: ada.organizationId, name: 'Ada & Co', roles: ['admin'] },
    });
  });

  it('can change name and language, each alone, and nothing else', async () => {
    const ada = await user.account();
    const me = user.as(ada);
    expect(await me.call(changeMe, { body: { name: ' Ada Lovelace ' } })).toMatchObject({
      name: 'Ada Lovelace',
    });
    expect(await me.call(changeMe, { body: { language: 'fr' } })).toMatchObject({
      name: 'Ada Lovelace',
      language: 'fr',
    });
    expect(await me.call(changeMe, { body: {} })).toMatchObject({ language: 'fr' });
    const { status, problem } = await refusal(
      me.call(changeMe, { body: { email: 'x@example.org' } as object }),
    );
    expect([status, problem.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(await codeOf(me.call(changeMe, { body: { language: 'de' as 'fr' } }))).toBe('VALIDATION_FAILED');
  });

  it('is found nowhere for a stranger, nor in an organization of others', async () => {
    const [ada, bob] = [await user.account(), await user.account('Bob')];
    const mixed = user.as({ userId: ada.userId, organizationId: bob.organizationId });
    const nobody = user.as({ userId: randomUUID(), organizationId: randomUUID() });
    for (const caller of [mixed, nobody]) {
      expect(await codeOf(caller.call(readMe))).toBe('NOT_FOUND');
      expect(await codeOf(caller.call(changeMe, { body: { name: 'Mallory' } }))).toBe('NOT_FOUND');
    }
    expect(await user.as(ada).call(readMe)).toMatchObject({ name: 'Ada' });
  });

  it('asks for a token', async () => {
    const response = await fetch(`${user.service.url}/api/v1/users/me`);
    expect(response.status).toBe(401);
  });
});

describe('auth and user', () => {
  it('tell each other what they own: name and language here, the address there', async () => {
    const account = await user.account();
    const { userId, organizationId } = account;
    await user.as(account).call(changeMe, { body: { name: 'Ada L.', language: 'fr' } });
    const told = (await published(organizationId)).filter((it) => it.type === personChanged.type);
    expect(told.map((it) => it.data)).toEqual([{ userId, name: 'Ada L.', language: 'fr' }]);
    const email = someEmail();
    const consumer = user.service.app.get(AccountEmailConsumer, { strict: false });
    const event = { type: accountEmailChanged.type, data: { userId, email } };
    await user.database.tenant(organizationId, (tx) => consumer.handle(tx, event as never));
    expect(await user.as(account).call(readMe)).toMatchObject({ email, name: 'Ada L.' });
  });
});
