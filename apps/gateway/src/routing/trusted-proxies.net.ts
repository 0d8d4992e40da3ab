import { BlockList, isIP } from 'node:net';

interface Network {
  address: string;
  bits: number;
  family: 'ipv4' | 'ipv6';
}

function networkOf(entry: string): Network | undefined {
  const [address = '', length] = entry.split('/');
  const version = isIP(address);
  if (version === 0) return undefined;
  const longest = version === 6 ? 128 : 32;
  const bits = length === undefined ? longest : Number(length);
  const fits = length === undefined || (/^\d+$/.test(length) && bits <= longest);
  return fits ? { address, bits, family: version === 6 ? 'ipv6' : 'ipv4' } : undefined;
}

/** Whether a text is an address or a network in CIDR notation. */
export const isNetwork = (entry: string): boolean => networkOf(entry) !== undefined;

/**
 * Whether an address is one of the trusted proxies.
 * @param entries addresses or networks in CIDR notation; others are left out
 */
export function trustedProxies(entries: readonly string[]): (address: string) => boolean {
  if (entries.length === 0) return () => false;
  const trusted = new BlockList();
  for (const entry of entries) {
    const network = networkOf(entry);
    if (network) trusted.addSubnet(network.address, network.bits, network.family);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
