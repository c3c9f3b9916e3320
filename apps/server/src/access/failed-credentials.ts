import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

const WINDOW_MILLISECONDS = 60_000;
const ADDRESSES_MAX = 100_000;

/** How often an address failed to say who it is since its minute began, in this process. */
export class FailedCredentials {
  private readonly failures = new LRUCache<string, { count: number }>({
    max: ADDRESSES_MAX,
    ttl: WINDOW_MILLISECONDS,
  });

  constructor(private readonly perMinute: number) {}

  add(address: string): void {
    const origin = originOf(address);
    const known = this.failures.get(origin);
    // What is changed in place keeps its end: whoever goes on failing is not shut out for ever.
    if (known) known.count += 1;
    else this.failures.set(origin, { count: 1 });
  }

  /** Seconds until the address is heard again; 0 where it is heard now. */
  waitOf(address: string): number {
    const origin = originOf(address);
    const count = this.failures.get(origin)?.count ?? 0;
    return count < this.perMinute ? 0 : Math.max(1, Math.ceil(this.failures.getRemainingTTL(origin) / 1_000));
  }
}

/** Whoever has one address of version 6 has a network of them. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/** Who is behind an address: itself, or in version 6 its network. */
export const originOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const groupsIn = (part = ''): string[] => (part === '' ? [] : part.split(':'));
  const [first, last] = [groupsIn(head), groupsIn(tail)];
  const gap = tail === undefined ? 0 : Math.max(0, GROUPS - first.length - last.length);
  const groups = [...first, ...Array.from({ length: gap }, () => '0'), ...last];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};
