/** Whom a provider vouches for. */
export interface Identity {
  /** Unique at its issuer, and never given to somebody else. */
  subject: string;
  email: string;
  name: string;
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,189}$/;
const LONGEST_NAME = 200;

/**
 * Reads claims of an ID token or of the user info (OpenID Connect Core 5.1); null where they tell no e-mail address, or one
 * that the provider itself has not verified. Without `email_verified` the verified domain has to speak for the address.
 */
export function identityOf(claims: Readonly<Record<string, unknown>>): Identity | null {
  const subject = textOf(claims['sub']);
  const email = textOf(claims['email']);
  if (subject === '' || !EMAIL.test(email) || claims['email_verified'] === false) return null;
  const given = `${textOf(claims['given_name'])} ${textOf(claims['family_name'])}`.trim();
  const name = textOf(claims['name']) || given || email.slice(0, email.lastIndexOf('@'));
  return { subject, email, name: name.slice(0, LONGEST_NAME) };
}
