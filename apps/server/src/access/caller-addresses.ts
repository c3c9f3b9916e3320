import { BlockList, isIP, isIPv6 } from 'node:net';

/** Where callers come from: from where the connection does, or where a proxy that is trusted says. */
export class CallerAddresses {
  private readonly proxies = new BlockList();

  /** @param proxies addresses, and networks such as `10.0.0.0/8` */
  constructor(proxies: readonly string[] = []) {
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      if (bits === undefined) this.proxies.addAddress(address, familyOf(address));
      else this.proxies.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  /**
   * Each proxy adds whom it heard, on the right: what stands left of the first one that is not trusted could be from anybody.
   * @param forwardedFor the values of `X-Forwarded-For`
   */
  of(peer: string, forwardedFor: readonly string[]): string {
    const hops = forwardedFor.flatMap((value) => value.split(',')).map((hop) => hop.trim());
    let address = plain(peer);
    while (this.isProxy(address)) {
      const hop = plain(hops.pop() ?? '');
      if (isIP(hop) === 0) return address;
      address = hop;
    }
    return address;
  }

  private isProxy(address: string): boolean {
    return isIP(address) !== 0 && this.proxies.check(address, familyOf(address));
  }
}

/** An address, or a network by its prefix. */
export const isAddressOrNetwork = (text: unknown): boolean => {
  if (typeof text !== 'string') return false;
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32));
};

/** As version 4 where it is one that version 6 carries. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
