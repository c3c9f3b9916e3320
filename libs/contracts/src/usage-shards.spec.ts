import { derivedId, typedId, type AccountId } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import { USAGE_SHARDS, usageShardOf } from './usage-shards.js';

const ACCOUNTS = 20_000;

/** Within five deviations of what chance would make of it. */
const expectUniform = (accounts: readonly AccountId[], shards: number): void => {
  const counts = new Array<number>(shards).fill(0);
  for (const accountId of accounts) counts[usageShardOf(accountId, shards)]! += 1;
  const mean = accounts.length / shards;
  for (const count of counts) expect(Math.abs(count - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean));
};

describe('the usage stream of an account', () => {
  // Events stand in these streams for good: another answer would lose sight of them.
  it.each<[AccountId, readonly number[]]>([
    ['acc_01h2xcejqtf2nbrexx3vqjhp40', [0, 0, 0, 0, 0, 0, 0]],
    ['acc_01h2xcejqtf2nbrexx3vqjhp41', [0, 1, 1, 1, 1, 1, 1]],
    ['acc_01h2xcejqtf2nbrexx3vqjhp0g', [0, 0, 0, 0, 0, 16, 16]],
    ['acc_01h2xcejqtf2nbrexx3vqjhp1z', [0, 1, 3, 7, 15, 31, 63]],
    ['acc_2yqnqejn9abjg9yev0x9rktqwq', [0, 1, 3, 7, 7, 23, 23]],
  ])('of %s is for ever %j, by the number of streams', (accountId, expected) => {
    expect(USAGE_SHARDS.map((shards) => usageShardOf(accountId, shards))).toEqual(expected);
  });

  it.each(USAGE_SHARDS)('is as likely any of %i as any other, however the id was made', (shards) => {
    const numbers = Array.from({ length: ACCOUNTS }, (_, number) => number);
    expectUniform(
      numbers.map((number) => derivedId('acc', 'spec', number)),
      shards,
    );
    const random = (number: number) =>
      Uint8Array.from({ length: 16 }, (_, byte) => (number * 40_503 * (byte + 7)) >> 7);
    expectUniform(
      numbers.map((number) => typedId('acc', uuidV7({ msecs: number, random: random(number) }))),
      shards,
    );
  });

  it('is that of no account where the id is none', () => {
    expect(() => usageShardOf('acc_x', 16)).toThrow(expect.objectContaining({ code: 'invalid_id' }));
  });
});
