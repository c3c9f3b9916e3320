import {
  idSuffix,
  type AccountId,
  type BankAccountId,
  type BillingRunId,
  type SeriesId,
  type TenantId,
  type TestClockId,
} from '#kernel';
import { usageShardOf } from './usage-shards.js';

/** What a stream is about; stands in front of its name. */
export const STREAM_CATEGORIES = [
  'account',
  'usage',
  'catalog',
  'coupon',
  'tenant',
  'numbering',
  'billingrun',
  'testclock',
  'bank',
  'alias',
  'installation',
] as const;

export type StreamCategory = (typeof STREAM_CATEGORIES)[number];

export const INSTALLATION_STREAM = 'installation';

/** Prefixes of every stream that holds facts; all else in the log belongs to the log's own machinery. */
export const DOMAIN_STREAM_PREFIXES: readonly string[] = STREAM_CATEGORIES.map((category) =>
  category === 'installation' ? INSTALLATION_STREAM : `${category}-`,
);

export const accountStream = (tenantId: TenantId, accountId: AccountId): string =>
  `account-${idSuffix(tenantId)}_${idSuffix(accountId)}`;

/** One of those that the usage of a tenant is spread over. */
export const usageStream = (tenantId: TenantId, accountId: AccountId, shards: number): string =>
  usageShardStream(tenantId, usageShardOf(accountId, shards));

export const usageShardStream = (tenantId: TenantId, shard: number): string =>
  `usage-${idSuffix(tenantId)}_${String(shard).padStart(2, '0')}`;

export const catalogStream = (tenantId: TenantId): string => `catalog-${idSuffix(tenantId)}`;
/** `hash` is hex, of the code. */
export const couponStream = (tenantId: TenantId, hash: string): string => `coupon-${idSuffix(tenantId)}_${hash}`;

export const tenantStream = (tenantId: TenantId): string => `tenant-${idSuffix(tenantId)}`;

export const numberingStream = (tenantId: TenantId, seriesId: SeriesId): string =>
  `numbering-${idSuffix(tenantId)}_${idSuffix(seriesId)}`;

export const billingRunStream = (tenantId: TenantId, runId: BillingRunId): string =>
  `billingrun-${idSuffix(tenantId)}_${idSuffix(runId)}`;

export const testClockStream = (tenantId: TenantId, clockId: TestClockId): string =>
  `testclock-${idSuffix(tenantId)}_${idSuffix(clockId)}`;

export const bankStream = (tenantId: TenantId, bankAccountId: BankAccountId): string =>
  `bank-${idSuffix(tenantId)}_${idSuffix(bankAccountId)}`;

/** `hash` is hex, so that the name stays within `[a-z0-9]`. */
export const aliasStream = (tenantId: TenantId, type: string, hash: string): string =>
  `alias-${idSuffix(tenantId)}_${type}_${hash}`;

export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
};

/** The account that an account stream belongs to. */
export const accountOfStream = (stream: string): AccountId => `acc_${stream.slice(stream.indexOf('_') + 1)}`;

export const bankAccountOfStream = (stream: string): BankAccountId => `bac_${stream.slice(stream.indexOf('_') + 1)}`;

/** The account that a stream is about alone; null where it is of something else. */
export const accountOf = (stream: string): AccountId | null =>
  categoryOf(stream) === 'account' ? accountOfStream(stream) : null;

export const tenantOfStream = (stream: string): TenantId => {
  const begin = stream.indexOf('-') + 1;
  const end = stream.indexOf('_');
  return `tnt_${stream.slice(begin, end < 0 ? undefined : end)}`;
};
