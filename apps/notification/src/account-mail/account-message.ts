import type { accountMailRequested, EventData } from '@orion/contracts';
import { layOut, type RenderedMail } from '../mail/templates/layout';
import { ACCOUNT_MAILS, type AccountMail } from './account-wording';
import { ACCOUNT_WORDINGS } from './account-wordings';

/** Where the links of mails lead in the web app. */
const PLACES: Readonly<Partial<Record<AccountMail, string>>> = {
  'verify-email': 'verify-email',
  'reset-password': 'reset-password',
  'change-email-old': 'confirm-email',
  'change-email-new': 'confirm-email',
};

/** Those after which a stranger may know the password. */
const ALARMING: readonly AccountMail[] = ['password-changed', 'email-changed', 'new-device'];

type Request = EventData<typeof accountMailRequested>;

export const isAccountMail = (kind: string): kind is AccountMail =>
  (ACCOUNT_MAILS as readonly string[]).includes(kind);

/** The token stands after `#`: browsers send that part to no server and in no referrer. */
export const linkOf = (publicUrl: string, kind: AccountMail, token: string): string =>
  new URL(`/${PLACES[kind] ?? ''}#token=${encodeURIComponent(token)}`, publicUrl).href;

/** @param url of the link, where the mail has one */
export function accountMessage(kind: AccountMail, request: Request, url: string | undefined): RenderedMail {
  const { language, name, facts } = request;
  const wording = ACCOUNT_WORDINGS[language];
  const { subject, body, action } = wording.mails[kind];
  const told = body.replaceAll(/\{(\w+)\}/g, (_, key: string) => facts[key] ?? '');
  const rows = (['device', 'address', 'at'] as const).map(
    (key) => [wording.facts[key], facts[key] ?? ''] as const,
  );
  const message = {
    subject,
    greeting: wording.dear(name),
    paragraphs: [told, ...(ALARMING.includes(kind) ? [wording.notYou] : [])],
    facts: rows,
    closing: wording.closing,
    ...(action !== undefined && url !== undefined && { action: { label: action, url } }),
  };
  return layOut(message, language);
}
