import { AccountDirectory, type ExternalIdHolder, type OwnedThing } from '#billing/account';
import {
  EventLog,
  notFound,
  type AccountId,
  type BillingRunId,
  type CreditNoteId,
  type Instant,
  type InvoiceId,
  type PaymentId,
  type SubscriptionId,
  type TenantId,
  type TestClockId,
  type TransferId,
  type WalletId,
} from '#kernel';
import { ProjectionStatuses } from '#projection';
import { AccountsQuery } from '#projections/accounts';
import { AgendaQuery } from '#projections/agenda';
import { BookQuery } from '#projections/book';
import { CreditNotesQuery } from '#projections/credit-notes';
import { InvoicesQuery } from '#projections/invoices';
import { PaymentsQuery } from '#projections/payments';
import { SubscriptionsQuery } from '#projections/subscriptions';
import { WalletsQuery } from '#projections/wallets';
import { Injectable } from '@nestjs/common';

const KINDS = {
  sub: 'subscription',
  inv: 'invoice',
  crn: 'credit_note',
  pay: 'payment',
  tfr: 'transfer',
  wal: 'wallet',
} as const;
const PROJECTIONS = {
  sub: 'subscriptions',
  inv: 'invoices',
  crn: 'credit-notes',
  pay: 'payments',
  tfr: 'book',
  wal: 'wallets',
} as const;

/** Look-ups across accounts by read model; what is not there yet is waited for before it is called unknown. */
@Injectable()
export class ReadModelDirectory extends AccountDirectory {
  constructor(
    private readonly accounts: AccountsQuery,
    private readonly subscriptions: SubscriptionsQuery,
    private readonly invoices: InvoicesQuery,
    private readonly creditNotes: CreditNotesQuery,
    private readonly payments: PaymentsQuery,
    private readonly books: BookQuery,
    private readonly wallets: WalletsQuery,
    private readonly agenda: AgendaQuery,
    private readonly statusesOf: ProjectionStatuses,
    private readonly log: EventLog,
  ) {
    super();
  }

  async ownerOf(tenantId: TenantId, thing: OwnedThing): Promise<AccountId> {
    const known = await this.find(tenantId, thing);
    if (known) return known;
    const kind = thing.slice(0, 3) as keyof typeof KINDS;
    await this.statusesOf.waitFor([PROJECTIONS[kind]], await this.log.head());
    return (await this.find(tenantId, thing)) ?? notFound(KINDS[kind], thing);
  }

  statuses(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, 'open' | 'closed'>> {
    return this.accounts.statuses(tenantId, accounts);
  }

  testClocks(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, TestClockId>> {
    return this.accounts.testClocks(tenantId, accounts);
  }

  erased(tenantId: TenantId, accounts: readonly AccountId[]): Promise<ReadonlySet<AccountId>> {
    return this.accounts.erased(tenantId, accounts);
  }

  externalIdHolders(
    tenantId: TenantId,
    derived: readonly AccountId[],
  ): Promise<ReadonlyMap<AccountId, ExternalIdHolder>> {
    return this.accounts.externalIdHolders(tenantId, derived);
  }

  owners(
    tenantId: TenantId,
    subscriptions: readonly SubscriptionId[],
  ): Promise<ReadonlyMap<SubscriptionId, AccountId>> {
    return this.subscriptions.owners(tenantId, subscriptions);
  }

  due(
    tenantId: TenantId,
    billThrough: Instant,
    of: { readonly limit: number; readonly only?: readonly AccountId[] },
  ): Promise<AccountId[]> {
    return this.agenda.dueAccounts(tenantId, billThrough, of);
  }

  late(tenantId: TenantId, clockId: TestClockId): Promise<AccountId[]> {
    return this.agenda.late(tenantId, clockId);
  }

  runTotals(tenantId: TenantId, runId: BillingRunId) {
    return this.invoices.runTotals(tenantId, runId);
  }

  private async find(tenantId: TenantId, thing: OwnedThing): Promise<AccountId | undefined> {
    if (thing.startsWith('sub_'))
      return (await this.owners(tenantId, [thing as SubscriptionId])).get(thing as SubscriptionId);
    if (thing.startsWith('inv_')) return this.invoices.ownerOf(tenantId, thing as InvoiceId);
    if (thing.startsWith('crn_')) return this.creditNotes.ownerOf(tenantId, thing as CreditNoteId);
    if (thing.startsWith('tfr_')) return this.books.ownerOf(tenantId, thing as TransferId);
    if (thing.startsWith('wal_')) return this.wallets.ownerOf(tenantId, thing as WalletId);
    return this.payments.ownerOf(tenantId, thing as PaymentId);
  }
}
