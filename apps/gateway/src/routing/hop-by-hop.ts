/** Headers about one connection, which no proxy passes on (RFC 9110, 7.6.1). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The further headers a `Connection` header declares to be about this connection; undefined for the usual values. */
export function connectionOptions(header: string | string[] | undefined): ReadonlySet<string> | undefined {
  if (header === undefined || header === 'keep-alive' || header === 'close') return undefined;
  const text = Array.isArray(header) ? header.join(',') : header;
  return new Set(text.split(',').map((it) => it.trim().toLowerCase()));
}
