import type { InvoiceView, Labelled } from '#documents';

/** What a mail with an invoice says, beside the invoice itself. */
export interface InvoiceMail {
  readonly subject: string;
  readonly text: string;
}

/** In plain text, and in the language of the invoice. */
export const invoiceMail = ({ title, number, seller, facts, totals, notes }: InvoiceView): InvoiceMail => {
  const subject = oneLine(`${title} ${number ?? ''}, ${seller.name}`);
  const parts = [[subject], facts.map(line), totals.map(line), notes];
  return {
    subject,
    text: `${parts
      .map((lines) => lines.join('\n'))
      .join('\n\n')
      .trim()}\n`,
  };
};

const line = ({ label, value }: Labelled): string => `${label}: ${value}`;

/** A header is one line. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/gu, ' ');
