import type { InvoiceDocument } from '#billing/invoice';
import { majorUnits, type Money } from '#kernel';

/** What a mail with an invoice says. */
export interface InvoiceMail {
  readonly subject: string;
  readonly text: string;
}

/** In plain text, and nothing that a mail program would take for more than that. */
export const invoiceMail = ({ invoice }: Pick<InvoiceDocument, 'invoice'>, seller: string): InvoiceMail => {
  const { number, issueDate, dueOn, total, amountDue } = invoice;
  const lines = [
    `Invoice ${number}`,
    `From: ${seller}`,
    `Issued: ${issueDate}`,
    `Total: ${amountOf(total)}`,
    ...(amountDue.minor === 0n ? ['Nothing is due.'] : [`Due: ${amountOf(amountDue)} by ${dueOn}`]),
  ];
  return { subject: `Invoice ${number} from ${oneLine(seller)}`, text: `${lines.join('\n')}\n` };
};

const amountOf = (amount: Money): string => `${majorUnits(amount)} ${amount.currency}`;

/** A header is one line. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/gu, ' ');
