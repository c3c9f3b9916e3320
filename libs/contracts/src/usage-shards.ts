import { idSuffix, type AccountId } from '#kernel';

/** How many streams the usage of a tenant may be spread over: chosen with the tenant, for good. */
export const USAGE_SHARDS = [1, 2, 4, 8, 16, 32, 64] as const;

export type UsageShards = (typeof USAGE_SHARDS)[number];

/** Where nobody chooses. */
export const USAGE_SHARDS_DEFAULT: UsageShards = 16;

/** What the suffix of an id is written in, by value. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The stream that has an account's usage, from 0: by the last ten bits of its id, of which any are as likely as any other. */
export const usageShardOf = (accountId: AccountId, shards: number): number => {
  const [high, low] = idSuffix(accountId).slice(-2);
  return (DIGITS.indexOf(high!) * DIGITS.length + DIGITS.indexOf(low!)) % shards;
};
