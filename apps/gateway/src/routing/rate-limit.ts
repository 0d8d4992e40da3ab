/** Seconds over which requests are counted. */
export const WINDOW_SECONDS = 60;

/** State of one counter after a request was counted. */
export interface Counted {
  limit: number;
  remaining: number;
  resetMs: number;
  allowed: boolean;
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** The headers that tell a client where it stands (draft-ietf-httpapi-ratelimit-headers-06). */
export function rateLimitHeaders(it: Counted): Record<string, string> {
  return {
    'ratelimit-policy': `${it.limit};w=${WINDOW_SECONDS}`,
    'ratelimit-limit': String(it.limit),
    'ratelimit-remaining': String(Math.max(0, it.remaining)),
    'ratelimit-reset': String(seconds(it.resetMs)),
    ...(it.allowed ? {} : { 'retry-after': String(seconds(it.resetMs)) }),
  };
}

/** An IPv6 network counts as one client: a /64 is what one customer gets. */
function network(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const middle = address.includes('::')
    ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
    : [];
  return `${[...left, ...middle, ...right].slice(0, 4).join(':')}::/64`;
}

/** What a request is counted under: its token where it carries one, its address otherwise. */
export const rateLimitKey = (client: { address: string; tokenHash?: string }): string =>
  client.tokenHash ? `token:${client.tokenHash}` : `address:${network(client.address)}`;

export const addressKey = (address: string): string => `address:${network(address)}`;

/** Refused tokens an address may send in one window before its tokens are not looked at any more. */
export const refusedTokens = (limitPerMinute: number): number =>
  Math.max(20, Math.floor(limitPerMinute / 10));
