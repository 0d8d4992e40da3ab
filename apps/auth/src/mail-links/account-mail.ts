const HOUR_S = 3600;

/** Mails with a link, and how many seconds the link works. */
export const LINK_SECONDS = {
  'verify-email': 48 * HOUR_S,
  'reset-password': HOUR_S,
  'change-email-old': 24 * HOUR_S,
  'change-email-new': 24 * HOUR_S,
} as const;

export type LinkPurpose = keyof typeof LINK_SECONDS;
export type MailKind = LinkPurpose | 'password-changed' | 'email-changed' | 'new-device';

/** Links of one purpose a person may have been sent within an hour. */
export const MOST_LINKS_AN_HOUR = 5;

export const hasLink = (kind: MailKind): kind is LinkPurpose => Object.hasOwn(LINK_SECONDS, kind);
