import { describe, expect, it } from '@jest/globals';
import { CallerAddresses } from './caller-addresses.js';
import { FailedCredentials, originOf } from './failed-credentials.js';

describe('the address of a caller', () => {
  it('is that of the connection, whatever is said, unless its proxy is trusted', () => {
    const nobody = new CallerAddresses();
    expect(nobody.of('203.0.113.9', ['8.8.8.8'])).toBe('203.0.113.9');
    expect(nobody.of('127.0.0.1', ['8.8.8.8'])).toBe('127.0.0.1');
    expect(nobody.of('::ffff:203.0.113.9', [])).toBe('203.0.113.9');
  });

  it.each<[peer: string, said: string[], address: string]>([
    ['10.0.0.1', ['203.0.113.9'], '203.0.113.9'],
    ['::ffff:10.0.0.1', ['203.0.113.9'], '203.0.113.9'],
    ['10.0.0.1', ['8.8.8.8, 203.0.113.9'], '203.0.113.9'],
    ['10.0.0.1', ['8.8.8.8', '203.0.113.9,10.0.0.2'], '203.0.113.9'],
    ['10.0.0.1', ['2001:db8::1, fd00::7'], '2001:db8::1'],
    ['10.0.0.1', [], '10.0.0.1'],
    ['10.0.0.1', ['unknown, 10.0.0.3'], '10.0.0.3'],
    ['10.0.0.1', ['203.0.113.9:4711'], '10.0.0.1'],
    ['198.51.100.1', ['203.0.113.9'], '198.51.100.1'],
  ])('of the peer %s that hears %j is %s', (peer, said, address) => {
    expect(new CallerAddresses(['10.0.0.0/8', 'fd00::/8']).of(peer, said)).toBe(address);
  });
});

describe('failures', () => {
  it('are counted by address, in version 6 by network', () => {
    const failed = new FailedCredentials(2);
    for (const address of ['203.0.113.9', '2001:db8:0:1::1', '2001:0DB8:0000:0001:ffff::2']) failed.add(address);
    expect([failed.waitOf('203.0.113.9'), failed.waitOf('203.0.113.10')]).toEqual([0, 0]);
    failed.add('::ffff:203.0.113.9');
    for (const address of ['203.0.113.9', '2001:db8:0:1:9::9']) {
      expect(failed.waitOf(address)).toBeGreaterThan(0);
      expect(failed.waitOf(address)).toBeLessThanOrEqual(60);
    }
    expect(failed.waitOf('2001:db8:0:2::1')).toBe(0);
  });

  it.each([
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::', '0:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
  ])('of %s are those of %s', (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });
});
