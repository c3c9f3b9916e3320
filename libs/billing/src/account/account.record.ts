import type { Personal, TaxStatus } from '#contracts';
import type { AccountId, Instant, LegalEntityId, TestClockId } from '#kernel';
import type { Account } from './account.state.js';

/**
 * Things as they are told: the same shapes whether they come from a read model, from the events that a command just
 * stored, or from a fold of the past. Doors turn them into answers.
 */
export interface AccountRecord {
  readonly accountId: AccountId;
  readonly personal: Personal;
  readonly currency: string;
  readonly timeZone: string;
  readonly netTermsDays: number;
  readonly taxStatus: TaxStatus;
  /** Who sells to it. */
  readonly entityId: LegalEntityId;
  readonly parentAccountId: AccountId | null;
  readonly test: boolean;
  readonly testClockId: TestClockId | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: 'open' | 'closed';
  readonly openedAt: Instant;
  readonly erasedAt: Instant | null;
}

export const accountRecord = ({ profile, closed, erasedAt }: Account): AccountRecord => {
  const { accountId, personal, currency, timeZone, netTermsDays, taxStatus, parentAccountId, metadata, openedAt } =
    profile!;
  const { entityId, test, testClockId } = profile!;
  return {
    accountId,
    personal,
    currency,
    timeZone,
    netTermsDays,
    taxStatus,
    entityId,
    parentAccountId: parentAccountId ?? null,
    test: test ?? false,
    testClockId: testClockId ?? null,
    metadata,
    status: closed ? 'closed' : 'open',
    openedAt,
    erasedAt,
  };
};
