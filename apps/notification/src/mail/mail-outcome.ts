/** Seconds from a failed try to the next one; when they are used up, the message has failed. */
export const MAIL_RETRY_SECONDS = [30, 120, 600, 1_800, 7_200] as const;

/** What nodemailer tells of an error. */
export interface SmtpError {
  code?: string;
  responseCode?: number;
  command?: string;
  message: string;
}

/** Commands whose refusal is about this one message; a refused greeting or sign-in is about the server. */
const ABOUT_THE_MESSAGE = /^(MAIL FROM|RCPT TO|DATA)$/;

/**
 * Whether trying again cannot help. RFC 5321 section 4.2.1: 5yz is permanent, 4yz is temporary; an address or
 * message that cannot even be put on the wire is permanent as well.
 */
export const isPermanent = ({ code, responseCode, command }: SmtpError): boolean =>
  responseCode === undefined
    ? code === 'EENVELOPE' || code === 'EMESSAGE'
    : responseCode >= 500 && responseCode < 600 && ABOUT_THE_MESSAGE.test(command ?? '');

export type MailVerdict = { state: 'FAILED' } | { state: 'QUEUED'; delaySeconds: number };

/**
 * What becomes of a message after its `attempts`-th try failed.
 * @param chance 0 … 1, spreads the delay by ±20 % so that a recovering server is not met by all at once
 */
export function afterMailFailure(error: SmtpError, attempts: number, chance: number): MailVerdict {
  const base = MAIL_RETRY_SECONDS[attempts - 1];
  if (base === undefined || isPermanent(error)) return { state: 'FAILED' };
  return { state: 'QUEUED', delaySeconds: Math.round(base * (0.8 + 0.4 * chance)) };
}
