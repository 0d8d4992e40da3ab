/** Why an address can never be a target, judged by its text alone; null where nothing speaks against it. */
export function targetProblem(address: string): string | null {
  if (!URL.canParse(address)) return 'is not an address';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https:// or http://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.hash !== '') return 'must not hold a fragment';
  if (url.hostname === '') return 'must name a host';
  return null;
}

/** Host of an address as a resolver takes it: IPv6 without brackets. */
export const hostOf = (address: string): string => new URL(address).hostname.replace(/^\[(.*)\]$/, '$1');
