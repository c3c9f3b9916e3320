import { minus, money, plus, type Money } from '#kernel';
import type { DocumentHead } from './document-source.js';

export interface Settlement {
  readonly paid: Money;
  readonly credited: Money;
  readonly due: Money;
}

/**
 * What is left to pay, and what was taken off, by credit of the customer or out of its wallets; of a credit note, what is given back. Of an invoice that was given up it is
 * still owed; one below zero went to customer credit, whole.
 */
export const settlementOf = (invoice: DocumentHead): Settlement => {
  const { total, amountPaid, amountCredited, amountFromWallet, status } = invoice;
  const nothing = money(0n, total.currency);
  if (total.minor < 0n) return { paid: nothing, credited: total, due: nothing };
  const credited = plus(amountCredited, amountFromWallet);
  const due = status === 'void' ? nothing : minus(minus(total, amountPaid), credited);
  return { paid: amountPaid, credited, due };
};
