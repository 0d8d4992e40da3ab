export const ACCOUNT_MAILS = [
  'verify-email',
  'reset-password',
  'change-email-old',
  'change-email-new',
  'password-changed',
  'email-changed',
  'new-device',
] as const;
export type AccountMail = (typeof ACCOUNT_MAILS)[number];

/** What a mail says; `{newEmail}` and its like stand for what it tells. */
export interface AccountText {
  subject: string;
  body: string;
  /** Of the link. */
  action?: string;
}

export interface AccountWording {
  dear: (name: string) => string;
  closing: string;
  /** What to do if it was not the reader. */
  notYou: string;
  facts: Record<'device' | 'address' | 'at', string>;
  mails: Record<AccountMail, AccountText>;
}
