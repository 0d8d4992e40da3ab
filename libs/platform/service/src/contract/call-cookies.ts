import { type CookieUse, CSRF_HEADER } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { CallCookies } from '@orion/security';
import { cookieText, needsSecure, readCookies } from './cookie-text';

export interface CookieRequest {
  headers: Record<string, string | string[] | undefined>;
  protocol: string;
  /** With its port. */
  host: string;
}

type Header = string | string[] | undefined;

const hostOf = (origin: Header): string | undefined =>
  typeof origin === 'string' && URL.canParse(origin) ? new URL(origin).host : undefined;

/** Only a page of this site can send the header, and browsers name the origin of every page that writes. */
function isOwnPage({ headers, host }: CookieRequest): boolean {
  const site = headers['sec-fetch-site'];
  return (
    headers[CSRF_HEADER] !== undefined &&
    (site === undefined || site === 'same-origin') &&
    hostOf(headers['origin']) === host
  );
}

function requireOwnPage(request: CookieRequest): void {
  if (isOwnPage(request)) return;
  throw new BusinessRuleException(
    'CROSS_SITE_REFUSED',
    `Send the header ${CSRF_HEADER} from a page of this site, or the token in the body`,
  );
}

const NONE: CallCookies = {
  held: () => new Map(),
  keep: () => {
    throw new Error('the contract of this endpoint uses no cookie');
  },
  drop: () => undefined,
};

/** @param set adds one `Set-Cookie` header to the answer */
export function cookiesOf(
  use: CookieUse | undefined,
  request: CookieRequest,
  set: (text: string) => void,
): CallCookies {
  if (!use) return NONE;
  const prefix = `${use.name}_`;
  const write = (key: string, value: string, seconds?: number) =>
    set(
      cookieText(prefix + key, value, {
        path: use.path,
        secure: needsSecure(request.protocol, request.host),
        seconds,
      }),
    );
  return {
    held() {
      const { cookie } = request.headers;
      const all = [...readCookies(Array.isArray(cookie) ? cookie.join('; ') : cookie)];
      const own = all.filter(([name]) => name.startsWith(prefix));
      if (own.length > 0) requireOwnPage(request);
      return new Map(own.map(([name, value]) => [name.slice(prefix.length), value]));
    },
    keep(key, value, seconds) {
      requireOwnPage(request);
      write(key, value, seconds);
    },
    drop: (key) => write(key, '', 0),
  };
}
