import type { AccountId, TenantId } from '#kernel';
import { hash } from 'node:crypto';

/** 64 bits of what a reading is called, in its tenant. Whoever finds one still has to look whether it is the same reading. */
export const idHash = (tenantId: TenantId, readingId: string): bigint =>
  BigInt.asIntN(64, BigInt(`0x${hash('sha256', `${tenantId}\0${readingId}`).slice(0, 16)}`));

/** 32 bits of an account's id. */
export const accountHash = (accountId: AccountId): number =>
  Number.parseInt(hash('sha256', accountId).slice(0, 8), 16) | 0;
