import type { InvoiceRecord } from '#billing/invoice';
import { minus, money, type Money } from '#kernel';

export interface Settlement {
  readonly paid: Money;
  readonly credited: Money;
  readonly due: Money;
}

/** What is left to pay, and what was taken off. Of an invoice that was given up it is still owed; one below zero went to customer credit, whole. */
export const settlementOf = ({ total, amountPaid, amountCredited, status }: InvoiceRecord): Settlement => {
  const nothing = money(0n, total.currency);
  if (total.minor < 0n) return { paid: nothing, credited: total, due: nothing };
  const due = status === 'void' ? nothing : minus(minus(total, amountPaid), amountCredited);
  return { paid: amountPaid, credited: amountCredited, due };
};
