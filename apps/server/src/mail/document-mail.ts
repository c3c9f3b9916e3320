import type { InvoiceView, Labelled } from '#documents';

/** What a mail with a document says, beside the document itself. */
export interface DocumentMail {
  readonly subject: string;
  readonly text: string;
}

/** In plain text, and in the language of the document. */
export const documentMail = ({
  title,
  number,
  seller,
  facts,
  totals,
  notes,
}: Omit<InvoiceView, 'logo'>): DocumentMail => {
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
