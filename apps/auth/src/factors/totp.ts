import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
/** Steps a phone's clock may be off. */
const WINDOW = 1;

/** RFC 6238 with what every authenticator app supports: SHA-1, six digits, thirty seconds. */
const totpOf = (secret: string, label?: string): TOTP =>
  new TOTP({
    issuer: 'Orion',
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    ...(label !== undefined && { label }),
  });

/** The `otpauth://` address that authenticator apps read from a QR code. @param secret base32 */
export const enrolmentUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step a code belongs to; null for a code of none near `now`. @param now milliseconds since 1970 */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta;
}
