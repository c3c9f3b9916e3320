import type { AccountId, TenantId } from '#kernel';
import type { UsageFold } from '../usage-fold.js';
import { differencesBetween, type Difference } from './difference.js';
import type { ServedAccounts, ServedReading } from './served-accounts.js';

const READINGS_TOLD_MAX = 10;

/** Billing measures rows, so each of them is compared. What only one side has shows in number and digest. */
export const readingDifferences = async (
  served: ServedAccounts,
  tenantId: TenantId,
  folds: ReadonlyMap<AccountId, UsageFold>,
): Promise<ReadonlyMap<AccountId, readonly Difference[]>> => {
  const differences = new Map<AccountId, Difference[]>();
  const expected = new Map<AccountId, ReadonlyMap<string, ServedReading>>();
  const expectedOf = (accountId: AccountId): ReadonlyMap<string, ServedReading> => {
    let own = expected.get(accountId);
    if (!own) {
      own = new Map(folds.get(accountId)!.readings.map(({ digest: _, ...reading }) => [reading.id, reading]));
      expected.set(accountId, own);
    }
    return own;
  };
  for await (const { accountId, ...found } of served.readingsOf(tenantId, [...folds.keys()])) {
    const told = differences.get(accountId) ?? [];
    if (told.length >= READINGS_TOLD_MAX) continue;
    const reading = expectedOf(accountId).get(found.id);
    const event = reading ? { event: { stream: folds.get(accountId)!.stream, revision: reading.revision } } : {};
    const own = differencesBetween(accountId, `usage ${found.id}`, reading ?? null, found);
    if (own.length === 0) continue;
    told.push(...own.map((difference) => ({ ...difference, ...event })));
    differences.set(accountId, told);
  }
  return differences;
};
