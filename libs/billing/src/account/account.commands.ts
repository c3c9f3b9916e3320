import type { Fact, Personal, TaxStatus } from '#contracts';
import type { AccountId, Instant, LegalEntityId, TestClockId } from '#kernel';
import type { MetadataChange } from './metadata.js';

/** Whole, as the contact is; without a hash, there is none any more. */
export interface NewExternalId {
  readonly personal: Personal;
  readonly replaces: Personal;
  readonly reserved?: { readonly hash: string; readonly at: AccountId };
}

export type ProfileCommand =
  | {
      readonly type: 'OpenAccount';
      readonly accountId: AccountId;
      readonly externalIdHash?: string;
      readonly personal: Personal;
      readonly currency: string;
      readonly timeZone: string;
      readonly netTermsDays: number;
      readonly taxStatus: TaxStatus;
      readonly entityId: LegalEntityId;
      readonly parentAccountId?: AccountId;
      /** Outside all reports, with invoice numbers of its own. */
      readonly test?: true;
      /** The clock that it lives by; of test accounts and of test tenants alone. */
      readonly testClockId?: TestClockId;
      readonly ofTestTenant?: boolean;
      readonly metadata: Readonly<Record<string, string>>;
      readonly now: Instant;
    }
  | {
      readonly type: 'ChangeAccount';
      /** The whole new envelope, made from the one named: a change in between makes the decision stale. */
      readonly contact?: { readonly personal: Personal; readonly replaces: Personal };
      readonly externalId?: NewExternalId;
      readonly netTermsDays?: number;
      readonly taxStatus?: TaxStatus;
      readonly timeZone?: string;
      readonly entityId?: LegalEntityId;
      /** With all that stand above it; null: to none. */
      readonly parent?: { readonly accountId: AccountId; readonly above: ReadonlySet<AccountId> } | null;
      /** Texts to set, null removes one; null removes all. */
      readonly metadata?: MetadataChange;
      readonly now: Instant;
    }
  | {
      readonly type: 'RecordTaxIdChecks';
      readonly contact: { readonly personal: Personal; readonly replaces: Personal };
      /** Of all tax ids of which a register knows; none where nothing was asked. */
      readonly checks: readonly Omit<Fact<'TaxIdChecked'>['data'], 'unknownSince' | 'timer'>[];
    }
  | {
      readonly type: 'ReserveExternalId';
      /** Whom it is for; the stream is that of the id that follows from the external id. */
      readonly accountId: AccountId;
    }
  | {
      readonly type: 'CloseAccount';
      /** Whether the upcoming invoice would bill something. */
      readonly unbilled: boolean;
      readonly reason?: string;
    }
  | {
      readonly type: 'ErasePersonalData';
      readonly keyIds: readonly string[];
      /** Whether the keys open issued documents, too: refused while the law wants those kept. */
      readonly documents: boolean;
      readonly reason?: string;
      readonly now: Instant;
    };
