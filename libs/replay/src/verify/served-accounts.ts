import type { Reading } from '#contracts';
import type { AccountId, LocalDate, Money, TenantId } from '#kernel';
import type { Transfer } from '#ledger';
import type { AccountSnapshot } from '../account-snapshot.js';
import type { RowsByTable, RowsMadeAnew } from './row-check.js';

/** What the read models say of one account. Monetary sums leave out what is zero. */
export interface ServedAccount extends Pick<
  AccountSnapshot,
  'invoices' | 'creditNotes' | 'payments' | 'wallets' | 'ledger'
> {
  readonly account: AccountSnapshot['account'] & { readonly revision: number };
  /** Without their status, which goes by the time at which somebody asks. */
  readonly subscriptions: readonly Omit<AccountSnapshot['subscriptions'][number], 'status'>[];
  readonly transfers: readonly Transfer[];
  /** Owed per invoice and by when, as AR aging has it. */
  readonly outstanding: Readonly<Record<string, { readonly amount: Money; readonly dueOn: LocalDate }>>;
  readonly usage: { readonly count: number; readonly digest: string; readonly lastRevision: number };
}

/** What is served of an account of which only itself is known. */
export const NOTHING_SERVED: Omit<ServedAccount, 'account'> = {
  subscriptions: [],
  invoices: [],
  creditNotes: [],
  payments: [],
  wallets: [],
  ledger: [],
  transfers: [],
  outstanding: {},
  usage: { count: 0, digest: '0000000000000000', lastRevision: -1 },
};

/** A reading as it counts, with its place in its stream. */
export interface ServedReading extends Reading {
  readonly revision: number;
  readonly ordinal: number;
}

/** The port to what is served. Accounts that it does not know are missing from the answer. */
export abstract class ServedAccounts {
  abstract of(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, ServedAccount>>;
  /** Each once, in any order: there may be too many to hold. */
  abstract readingsOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): AsyncIterable<ServedReading & { readonly accountId: AccountId }>;
  /** What reports and the agenda are made of, of each of the accounts. */
  abstract rowsOf(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, RowsByTable>>;
  abstract rowsAnew(): RowsMadeAnew;
}
