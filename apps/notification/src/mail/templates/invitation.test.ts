import { describe, expect, it } from '@jest/globals';
import { invitationMail } from './invitation';

const invited = {
  organizationName: 'Lumen <Field> & Co',
  inviterName: 'Ada Martin',
  expiresAt: '2026-11-28T16:00:00.000Z',
};

describe('the mail of an invitation', () => {
  it.each([
    ['en', 'Accept the invitation', 'November'],
    ['es', 'Aceptar la invitación', 'noviembre'],
    ['fr', 'Accepter l’invitation', 'novembre'],
    ['it', 'Accetta l’invito', 'novembre'],
    ['pl', 'Przyjmij zaproszenie', 'listopada'],
  ] as const)('is written in %s', (language, action, month) => {
    const mail = invitationMail(invited, language, 'https://orion.example/');
    expect(mail.language).toBe(language);
    expect(mail.subject).toContain('Ada Martin');
    expect(mail.text).toContain(`${action}:\nhttps://orion.example/invitation#{{sealed}}`);
    expect(mail.text).toContain(month);
    expect(mail.html).toContain(`<a href="https://orion.example/invitation#{{sealed}}">${action}</a>`);
    expect(mail.html).toContain('Lumen &lt;Field&gt; &amp; Co');
  });
});
