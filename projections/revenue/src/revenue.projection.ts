import type { CreditNoteFact, InvoiceFact, Revenue, RevenueFact, RevenuePart, Stored } from '#contracts';
import { money, type LocalDate, type Money } from '#kernel';
import { projection, table, type RowChanges } from '#projection';

/**
 * What documents and bookings say of months, in minor units. `document`: earned in a month by a document of a day; `accrual`: by how much what is accrued of
 * services without an invoice is more in a month; `invoiced`: what of that a document of a day took in, below zero.
 */
export const revenueMovements = table({
  name: 'revenue_movements',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    revision: 'bigint',
    part: 'integer',
    kind: 'text',
    currency: 'text',
    booked_on: 'date',
    booked_in: 'text',
    month: 'text',
    served_in: 'text?',
    amount: 'numeric',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'revision', 'part'],
  indexes: ['tenant_id, account_id, month'],
});

/** Months that are booked, and what is accrued from then on. */
export const revenueMonths = table({
  name: 'revenue_months',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    month: 'text',
    currency: 'text',
    recognized: 'numeric',
    accrued: 'numeric',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'month'],
});

interface Movement {
  readonly kind: 'document' | 'accrual' | 'invoiced';
  readonly bookedOn: string;
  readonly month: string;
  readonly servedIn?: string;
  readonly amount: Money;
}

const moved = ({ metadata, revision, position }: Stored, rows: RowChanges, movements: readonly Movement[]): void => {
  for (const [part, { kind, bookedOn, month, servedIn = null, amount }] of movements.entries()) {
    if (amount.minor === 0n) continue;
    rows.append(revenueMovements, {
      tenant_id: metadata.tenantId!,
      account_id: metadata.accountId!,
      revision: BigInt(revision),
      part,
      kind,
      currency: amount.currency,
      booked_on: bookedOn,
      booked_in: monthOf(bookedOn),
      month,
      served_in: servedIn,
      amount: String(amount.minor),
      recorded_at: metadata.recordedAt,
      position,
    });
  }
};

const monthOf = (day: string): string => day.slice(0, 7);

const documented = (event: Stored, rows: RowChanges, revenue: Revenue, bookedOn: LocalDate): void => {
  const { deferred, earned, accrued } = revenue;
  const parts = [...deferred, ...earned].map((part: RevenuePart) => ({ kind: 'document', bookedOn, ...part }) as const);
  const invoiced =
    accrued && ({ kind: 'invoiced', bookedOn, month: monthOf(bookedOn), amount: less(accrued) } as const);
  moved(event, rows, [...parts, ...(invoiced ? [invoiced] : [])]);
};

const less = ({ minor, currency }: Money): Money => money(-minor, currency);

/** Before it was said when an invoice is earned, it was with the invoice. */
const earnedOn = (bookedOn: LocalDate, amount: Money): Revenue => ({
  deferred: [],
  earned: [{ month: monthOf(bookedOn), amount }],
});

export const revenueProjection = projection<InvoiceFact | CreditNoteFact | RevenueFact>({
  name: 'revenue',
  version: 1,
  tables: [revenueMovements, revenueMonths],
  reads: [
    'accounts.account_clocks',
    'accounts.accounts',
    'agenda.timers',
    'subscriptions.subscriptions',
    'tenants.tenants',
    'test-clocks.test_clocks',
  ],
  on: {
    InvoiceFinalized: (event, rows) => {
      const { revenue, issueDate, totals } = event.fact.data;
      documented(event, rows, revenue ?? earnedOn(issueDate, totals.subtotal), issueDate);
    },
    InvoiceVoided: (event, rows) => {
      const { revenue, bookedOn, amountDue, creditReturned } = event.fact.data;
      const total = money(amountDue.minor + creditReturned.minor, amountDue.currency);
      documented(event, rows, revenue ?? earnedOn(bookedOn, less(total)), bookedOn);
    },
    // A correction says no more than its billing.
    CreditNoteIssued: (event, rows) => {
      const { revenue, issueDate } = event.fact.data;
      if (revenue) documented(event, rows, revenue, issueDate);
    },
    CreditNoteVoided: (event, rows) => {
      const { revenue, bookedOn } = event.fact.data;
      if (revenue) documented(event, rows, revenue, bookedOn);
    },
    RevenueRecognized: (event, rows) => {
      const { month, bookedOn, recognized, accrued, services } = event.fact.data;
      const { tenantId, accountId, recordedAt } = event.metadata;
      moved(event, rows, [{ kind: 'accrual', bookedOn, month, amount: accrued }]);
      rows.append(revenueMonths, {
        tenant_id: tenantId!,
        account_id: accountId!,
        month,
        currency: recognized.currency,
        recognized: String(recognized.minor),
        accrued: String(services.reduce((total, { amount }) => total + amount.minor, 0n)),
        recorded_at: recordedAt,
        position: event.position,
      });
    },
  },
});
