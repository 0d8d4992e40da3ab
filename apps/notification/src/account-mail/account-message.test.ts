import { describe, expect, it } from '@jest/globals';
import { accountMessage, isAccountMail, linkOf } from './account-message';
import { ACCOUNT_MAILS } from './account-wording';
import { ACCOUNT_WORDINGS } from './account-wordings';

const LANGUAGES = Object.keys(ACCOUNT_WORDINGS) as (keyof typeof ACCOUNT_WORDINGS)[];
const request = (language: (typeof LANGUAGES)[number], facts: Record<string, string> = {}) => ({
  userId: '019ab000-0000-7000-8000-000000000001',
  name: 'Zoé <b>',
  email: 'zoe@example.org',
  language,
  kind: '',
  linkId: null,
  facts,
});

describe('mails about accounts', () => {
  it.each(LANGUAGES)('are all written in %s, and in no two languages alike', (language) => {
    for (const kind of ACCOUNT_MAILS) {
      const { subject, text, html } = accountMessage(
        kind,
        request(language, { newEmail: 'n@x.example' }),
        'https://l/',
      );
      expect(subject).not.toBe('');
      expect(text).toContain('Zoé <b>');
      expect(html).toContain('Zoé &lt;b&gt;');
      expect(text).not.toMatch(/[{}]/);
      const others = LANGUAGES.filter((it) => it !== language);
      for (const it of others) expect(accountMessage(kind, request(it), undefined).subject).not.toBe(subject);
    }
  });

  it('lead somewhere exactly where they ask for something', () => {
    for (const kind of ACCOUNT_MAILS) {
      const asks = ACCOUNT_WORDINGS.en.mails[kind].action !== undefined;
      const { text, html } = accountMessage(kind, request('en'), 'https://orion.example/x#token=1');
      expect(text.includes('https://orion.example/x#token=1')).toBe(asks);
      expect(html.includes('<a href="https://orion.example/x#token=1">')).toBe(asks);
    }
  });

  it('are known by their kinds', () => {
    expect(isAccountMail('reset-password')).toBe(true);
    expect(isAccountMail('of-the-future')).toBe(false);
  });

  it('put the token where no server sees it', () => {
    const { pathname, search, hash } = new URL(linkOf('https://orion.example/', 'verify-email', 'a&b'));
    expect([pathname, search, hash]).toEqual(['/verify-email', '', '#token=a%26b']);
  });
});
