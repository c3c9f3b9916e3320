import { money, sum, type AccountId, type TransferId } from '#kernel';
import type { Account } from '../domain/account/account.state.js';
import type { DocumentLine } from '../domain/invoice/invoice-line.js';
import { amountDue, draftLines, type Invoice } from '../domain/invoice/invoice.js';
import type { Payment } from '../domain/payment/payment.js';
import type { Refund } from '../domain/payment/refunds.js';
import { timelineIn, type Subscription } from '../domain/subscription/subscription.js';
import { REQUESTED, type RequestedTransfer } from '../domain/transfer/requested-transfer.js';
import type {
  AccountRecord,
  InvoiceRecord,
  PaymentRecord,
  RefundRecord,
  SubscriptionRecord,
  TransferRecord,
} from './records.js';

export const accountRecord = ({ profile, closed, erasedAt }: Account): AccountRecord => {
  const { accountId, personal, currency, timeZone, netTermsDays, taxStatus, parentAccountId, metadata, openedAt } =
    profile!;
  const { test, testClockId } = profile!;
  return {
    accountId,
    personal,
    currency,
    timeZone,
    netTermsDays,
    taxStatus,
    parentAccountId: parentAccountId ?? null,
    test: test ?? false,
    testClockId: testClockId ?? null,
    metadata,
    status: closed ? 'closed' : 'open',
    openedAt,
    erasedAt,
  };
};

export const subscriptionRecord = (subscription: Subscription, accountId: AccountId): SubscriptionRecord => {
  const { id, personal, terms, startAt, anchor, timeZone, activation, metadata, cancellation, schedule } = subscription;
  return {
    subscriptionId: id,
    accountId,
    personal,
    ...terms,
    startAt,
    anchor,
    timeZone,
    activation,
    metadata,
    ...timelineIn(subscription),
    trialEndsAt: subscription.trial?.endsAt ?? null,
    cancelCredit: cancellation?.credit ?? null,
    nextBillAt: schedule.nextBillAt,
  };
};

export const invoiceRecord = (invoice: Invoice, accountId: AccountId): InvoiceRecord => {
  const { id, runId, number, status, currency, period, overdue, issued } = invoice;
  const { totals, issueDate = null, dueOn = null, personal: billTo = null } = issued ?? {};
  const drafted = totals ? null : draftTotal(draftLines(invoice), currency);
  return {
    invoiceId: id,
    accountId,
    runId,
    number,
    status,
    currency,
    period,
    issueDate,
    dueOn,
    overdue,
    subtotal: totals?.subtotal ?? drafted!,
    tax: totals?.tax ?? money(0n, currency),
    total: totals?.total ?? drafted!,
    amountPaid: invoice.amountPaid,
    amountCredited: invoice.amountCredited,
    amountDue: amountDue(invoice),
    billTo,
  };
};

/** A draft has no totals, also when it was given up: they are what its lines come to. */
export const draftTotal = (lines: readonly DocumentLine[], currency: string) =>
  sum(
    lines.map(({ amount }) => amount),
    currency,
  );

export const paymentRecord = (payment: Payment, accountId: AccountId): PaymentRecord => {
  const { id, amount, method, reference, receivedOn, reversedOn, amountRefunded, allocations } = payment;
  return {
    paymentId: id,
    accountId,
    amount,
    method,
    reference,
    receivedOn,
    reversedOn,
    amountRefunded,
    allocations: [...allocations],
  };
};

export const refundRecord = ({ id, ...refund }: Refund, accountId: AccountId): RefundRecord => ({
  refundId: id,
  accountId,
  ...refund,
});

export const transferRecord = (transfer: RequestedTransfer): TransferRecord => {
  const { id, debit, credit, amount, currency, flags, pendingId, endsAt, bookedOn, recordedAt, revision } = transfer;
  return {
    transferId: id,
    kind: kindOf(transfer),
    debit,
    credit,
    amount: money(amount, currency),
    bookedOn,
    cause: { type: 'transfer', id },
    rule: REQUESTED,
    flags,
    pendingId: pendingId as TransferId | null,
    expiresAt: endsAt,
    recordedAt,
    revision,
  };
};

const kindOf = ({ flags }: RequestedTransfer): TransferRecord['kind'] =>
  flags.find((flag) => flag === 'pending' || flag === 'post_pending' || flag === 'void_pending') ?? 'posted';
