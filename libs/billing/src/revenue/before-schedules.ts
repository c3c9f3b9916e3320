import type { Fact, Revenue } from '#contracts';
import { money, type LocalDate, type Money } from '#kernel';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { Invoice } from '../invoice/invoice.js';
import { monthOf } from './account-revenue.js';

/** Of an invoice that was issued before it was said when it is earned: all of it counts in its month, and what was put off until that is booked. */
export const earnedWithInvoice = (
  lines: readonly DocumentLine[],
  { totals: { subtotal }, issueDate }: Pick<Fact<'InvoiceFinalized'>['data'], 'totals' | 'issueDate'>,
): Revenue => {
  const deferred = lines.reduce(
    (total, line) =>
      'recognition' in line && line.recognition?.method === 'straight_line' ? total + line.amount.minor : total,
    0n,
  );
  return inMonthOf(issueDate, money(deferred, subtotal.currency), subtotal);
};

/** The opposite, once it is void: by what was booked in its name. */
export const notEarnedWithInvoice = ({ issued, postings, currency }: Invoice): Revenue => {
  const deferred = postings.reduce(
    (total, { debit, credit, amount }) =>
      debit === 'deferred_revenue'
        ? total + amount.minor
        : credit === 'deferred_revenue'
          ? total - amount.minor
          : total,
    0n,
  );
  return inMonthOf(issued!.issueDate, money(deferred, currency), money(-issued!.totals.subtotal.minor, currency));
};

const inMonthOf = (day: LocalDate, deferred: Money, subtotal: Money): Revenue => ({
  deferred: [{ month: monthOf(day), amount: deferred }],
  earned: [{ month: monthOf(day), amount: money(subtotal.minor - deferred.minor, subtotal.currency) }],
});
