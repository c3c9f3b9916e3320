import type { Personal, TaxStatus, Terms, Activation, Metadata, Segment, EndCredit, InvoicePeriod } from '#contracts';
import type {
  AccountId,
  Anchor,
  BillingRunId,
  Instant,
  InvoiceId,
  LocalDate,
  Money,
  PaymentId,
  RefundId,
  SubscriptionId,
  TestClockId,
  TransferId,
} from '#kernel';
import type { LedgerCode, TransferCause, TransferFlag } from '#ledger';
import type { DocumentLine } from '../domain/invoice/invoice-line.js';
import type { InvoiceStatus } from '../domain/invoice/invoice.js';

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
  readonly parentAccountId: AccountId | null;
  readonly test: boolean;
  readonly testClockId: TestClockId | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: 'open' | 'closed';
  readonly openedAt: Instant;
  readonly erasedAt: Instant | null;
}

export interface SubscriptionRecord extends Terms {
  readonly subscriptionId: SubscriptionId;
  readonly accountId: AccountId;
  readonly personal: Personal | null;
  readonly startAt: Instant;
  readonly anchor: Anchor;
  readonly timeZone: string;
  readonly activation: Activation;
  readonly metadata: Metadata;
  readonly activatedAt: Instant | null;
  readonly trialEndsAt: Instant | null;
  /** The timeline, once it is more than one segment on the terms of the creation. */
  readonly segments: readonly Segment[];
  readonly endsAt: Instant | null;
  readonly cancelCredit: EndCredit | null;
  readonly nextBillAt: Instant | null;
}

export interface InvoiceRecord {
  readonly invoiceId: InvoiceId;
  readonly accountId: AccountId;
  readonly runId: BillingRunId | null;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly currency: string;
  readonly period: InvoicePeriod;
  readonly issueDate: LocalDate | null;
  readonly dueOn: LocalDate | null;
  readonly overdue: boolean;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly amountPaid: Money;
  readonly amountCredited: Money;
  readonly amountDue: Money;
  readonly billTo: Personal | null;
}

export interface PaymentRecord {
  readonly paymentId: PaymentId;
  readonly accountId: AccountId;
  readonly amount: Money;
  readonly method: string;
  readonly reference: string | null;
  readonly receivedOn: LocalDate;
  readonly reversedOn: LocalDate | null;
  readonly amountRefunded: Money;
  readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly amount: Money }[];
}

export interface RefundRecord {
  readonly refundId: RefundId;
  readonly accountId: AccountId;
  readonly paymentId: PaymentId | null;
  readonly amount: Money;
  readonly fromCredit: Money;
  readonly reason: string | null;
  readonly issuedOn: LocalDate;
}

export interface CreditApplicationRecord {
  readonly accountId: AccountId;
  readonly allocations: readonly { readonly invoiceId: InvoiceId; readonly amount: Money }[];
  readonly creditLeft: Money;
}

/** What a fact about a transfer is: each is a row of its own, none is ever changed. */
export type TransferKind = 'posted' | 'pending' | 'post_pending' | 'void_pending' | 'expired';

export interface TransferRecord {
  readonly transferId: TransferId;
  readonly kind: TransferKind;
  readonly debit: LedgerCode;
  readonly credit: LedgerCode;
  readonly amount: Money;
  readonly bookedOn: LocalDate;
  readonly cause: TransferCause;
  readonly rule: string;
  readonly flags: readonly TransferFlag[];
  /** The pending transfer that it posts or voids. */
  readonly pendingId: TransferId | null;
  readonly expiresAt: Instant | null;
  readonly recordedAt: Instant;
  readonly revision: number;
}

/** An invoice with its lines, which are kept apart because most readers of invoices do not need them. */
export interface InvoiceDocument {
  readonly invoice: InvoiceRecord;
  readonly lines: readonly DocumentLine[];
}
