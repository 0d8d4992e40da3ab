import { BlockList, isIP } from 'node:net';

/**
 * Whether an address is one of the trusted proxies.
 * @param entries addresses or networks in CIDR notation
 * @throws Error naming the entry that is neither
 */
export function trustedProxies(entries: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const longest = version === 6 ? 128 : 32;
    const length = bits === undefined ? longest : Number(bits);
    if (!version || !Number.isInteger(length) || length < 0 || length > longest) {
      throw new Error(`TRUSTED_PROXIES: "${entry}" is neither an address nor a network`);
    }
    trusted.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
