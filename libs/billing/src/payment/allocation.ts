import { DomainError, majorUnits, money, refuse, refuseAt, type InvoiceId, type LocalDate, type Money } from '#kernel';
import { latestDay } from '../credit/credit-lots.js';
import type { Standing, Owed } from '../credit/standing.js';
import { invoiceOf } from '../invoice/invoice.js';
import type { Account } from '../account/account.state.js';
import type { AllocationOrder } from './payment.commands.js';
import type { Payment } from './payment.js';

/** An invoice, and how much of it is settled. */
export interface Allocation {
  readonly owed: Owed;
  readonly amount: Money;
}

/** Open invoices in their order, as far as the money reaches. */
export const allocatedInOrder = (invoices: readonly Owed[], { minor, currency }: Money): Allocation[] => {
  let left = minor;
  return invoices.flatMap((owed) => {
    const settled = owed.due < left ? owed.due : left;
    left -= settled;
    return settled > 0n ? [{ owed, amount: money(settled, currency) }] : [];
  });
};

/**
 * The invoices that are named, each with the amount named for it, or with what it is owed as far as the money reaches.
 * @throws DomainError `invoice_not_found`, `invoice_not_open`, `duplicate_allocation`, `currency_mismatch`, `amount_not_positive`,
 * `allocation_exceeds_due`, `allocations_exceed_amount`
 */
export const allocatedAsNamed = (
  orders: readonly AllocationOrder[],
  available: Money,
  account: Account,
  standing: Standing,
): Allocation[] => {
  let left = available.minor;
  const seen = new Set<InvoiceId>();
  return orders.flatMap(({ invoiceId, amount }, index) => {
    const pointer = `/allocations/${index}`;
    const owed = atPointer(`${pointer}/invoiceId`, () => openInvoice(invoiceId, account, standing));
    if (seen.has(invoiceId))
      return refuseAt(`${pointer}/invoiceId`, 'duplicate_allocation', 'An invoice is named once.');
    seen.add(invoiceId);
    const wanted =
      amount === undefined ? (owed.due < left ? owed.due : left) : namedAmount(amount, owed, pointer, available);
    if (wanted > left)
      return refuseAt(
        `${pointer}/amount`,
        'allocations_exceed_amount',
        `Of ${majorUnits(available)} there are ${majorUnits(money(left, available.currency))} left here.`,
      );
    left -= wanted;
    return wanted > 0n ? [{ owed, amount: money(wanted, available.currency) }] : [];
  });
};

/** @throws DomainError `invoice_not_found`, `invoice_not_open` */
export const openInvoice = (invoiceId: InvoiceId, account: Account, standing: Standing): Owed => {
  const { status } = invoiceOf(account, invoiceId);
  return status === 'open' ? standing.owed.get(invoiceId)! : refuse('invoice_not_open', `The invoice is ${status}.`);
};

/** The day on which a payment is taken back: not before it came in, which may be a day of the account, and settled what it settles. */
export const takenBackOn = ({ receivedOn, allocations }: Payment, account: Account, day: LocalDate): LocalDate =>
  latestDay(day, receivedOn, ...allocations.map(({ invoiceId }) => invoiceOf(account, invoiceId).owedFrom!));

/** Says where in the request the invoice is named that is refused. */
const atPointer = <Result>(pointer: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return refuseAt(pointer, error.code, error.message, error.kind);
    throw error;
  }
};

const namedAmount = (amount: Money, owed: Owed, pointer: string, { currency }: Money): bigint => {
  if (amount.currency !== currency)
    return refuseAt(`${pointer}/amount/currency`, 'currency_mismatch', `The account is in ${currency}.`);
  if (amount.minor <= 0n)
    return refuseAt(`${pointer}/amount/amount`, 'amount_not_positive', 'An allocation is above zero.');
  if (amount.minor > owed.due)
    return refuseAt(
      `${pointer}/amount/amount`,
      'allocation_exceeds_due',
      `The invoice is owed ${majorUnits(money(owed.due, currency))}.`,
    );
  return amount.minor;
};
