import type { AccountId, TenantId } from '#kernel';
import { hash } from 'node:crypto';

/** 64 bits of what a reading is called, in its tenant. Whoever finds one still has to look whether it is the same reading. */
export const idHash = (tenantId: TenantId, readingId: string): bigint =>
  hash('sha256', `${tenantId}\0${readingId}`, 'buffer').readBigInt64BE(0);

/** 32 bits of an account's id. */
export const accountHash = (accountId: AccountId): number => hash('sha256', accountId, 'buffer').readInt32BE(0);
