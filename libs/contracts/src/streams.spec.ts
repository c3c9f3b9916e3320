import type { AccountId, TenantId } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import {
  accountOfStream,
  bankAccountOfStream,
  accountStream,
  aliasStream,
  bankStream,
  billingRunStream,
  catalogStream,
  categoryOf,
  couponStream,
  DOMAIN_STREAM_PREFIXES,
  numberingStream,
  STREAM_CATEGORIES,
  tenantOfStream,
  tenantStream,
  testClockStream,
  usageShardStream,
  usageStream,
} from './streams.js';

const suffix = (digit: number) => `01h2xcejqtf2nbrexx3vqjhp4${digit}`;
const tenant: TenantId = `tnt_${suffix(1)}`;
const account: AccountId = `acc_${suffix(2)}`;
const hash = 'a'.repeat(64);

const STREAMS = [
  ['account', accountStream(tenant, account)],
  ['usage', usageStream(tenant, account, 16)],
  ['catalog', catalogStream(tenant)],
  ['coupon', couponStream(tenant, hash)],
  ['tenant', tenantStream(tenant)],
  ['numbering', numberingStream(tenant, `ser_${suffix(3)}`)],
  ['billingrun', billingRunStream(tenant, `run_${suffix(4)}`)],
  ['testclock', testClockStream(tenant, `clk_${suffix(5)}`)],
  ['bank', bankStream(tenant, `bac_${suffix(6)}`)],
  ['alias', aliasStream(tenant, 'subscription', hash)],
] as const;

describe('a stream', () => {
  it.each(STREAMS)('of %s is %s: safe characters alone', (category, stream) => {
    expect(stream).toMatch(/^[a-z]+-[a-z0-9_]+$/);
    expect(categoryOf(stream)).toBe(category);
    expect(tenantOfStream(stream)).toBe(tenant);
    expect(DOMAIN_STREAM_PREFIXES.filter((prefix) => stream.startsWith(prefix))).toEqual([`${category}-`]);
  });

  it('of usage is one of those of the tenant, by two digits', () => {
    expect(usageStream(tenant, account, 16)).toBe(`usage-${suffix(1)}_02`);
    expect(usageShardStream(tenant, 63)).toBe(`usage-${suffix(1)}_63`);
  });

  it('says whose it is', () => {
    expect(accountOfStream(accountStream(tenant, account))).toBe(account);
    const bankAccount = `bac_${suffix(6)}` as const;
    expect(bankAccountOfStream(bankStream(tenant, bankAccount))).toBe(bankAccount);
  });

  it('has one of the known categories, each of which has a prefix', () => {
    expect([...STREAMS.map(([category]) => category), categoryOf('installation')].sort()).toEqual(
      [...STREAM_CATEGORIES].sort(),
    );
    expect(DOMAIN_STREAM_PREFIXES).toContain('installation');
  });

  it.each(['acc_x', 'acc_../../tenant', `acc_${suffix(2)}-1`])('is not made of %s', (id) => {
    expect(() => accountStream(tenant, id as AccountId)).toThrow(expect.objectContaining({ code: 'invalid_id' }));
  });
});
