import type { BankMatchReason, Fact, RecordedBankEntry } from '#contracts';
import type { AccountId, BankEntryId, TenantId } from '#kernel';
import type { AllocationOrder } from '../payment/payment.commands.js';

export type BankAccountCommand =
  | { readonly type: 'RegisterBankAccount'; readonly account: Fact<'BankAccountRegistered'>['data'] }
  | { readonly type: 'RecordBankEntries'; readonly entries: readonly RecordedBankEntry[] }
  | {
      readonly type: 'ImportBankStatement';
      readonly statement: Omit<Fact<'BankStatementImported'>['data'], 'bankAccountId'>;
    }
  | {
      readonly type: 'MatchBankEntry';
      readonly tenantId: TenantId;
      readonly entryId: BankEntryId;
      readonly accountId: AccountId;
      readonly allocations: readonly AllocationOrder[];
      /** `by_hand` where a person says so. */
      readonly reason: BankMatchReason;
    }
  | {
      readonly type: 'UnmatchBankEntry';
      readonly entryId: BankEntryId;
      readonly reason?: string;
      /** Only this match of it, whatever came since. */
      readonly turn?: number;
    }
  | { readonly type: 'IgnoreBankEntry'; readonly entryId: BankEntryId; readonly reason?: string };
