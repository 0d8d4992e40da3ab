/** Value by name of a `Cookie` header (RFC 6265), in its order; a name that comes twice keeps its first value. */
export function readCookies(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at >= 0 && name !== '' && !found.has(name)) found.set(name, part.slice(at + 1).trim());
  }
  return found;
}

export interface CookieScope {
  path: string;
  secure: boolean;
  /** Until the browser closes if left out; 0 removes it. */
  seconds?: number;
}

/** A `Set-Cookie` header for scripts to never read and other sites to never cause. @param value of RFC 6265 letters */
export const cookieText = (name: string, value: string, { path, secure, seconds }: CookieScope): string =>
  [
    `${name}=${value}`,
    `Path=${path}`,
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
    'HttpOnly',
    ...(secure ? ['Secure'] : []),
    'SameSite=Strict',
  ].join('; ');

/** Whether cookies must be kept to encrypted connections: everywhere but on this machine itself. */
export const needsSecure = (protocol: string, host: string): boolean =>
  protocol === 'https' || !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
