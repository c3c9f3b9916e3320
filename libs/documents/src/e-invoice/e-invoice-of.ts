import type { BankAccount } from '#contracts';
import { money, plus, referenceFor } from '#kernel';
import { daysOf, hullOf, serviceDaysAmong } from '../days.js';
import type { DocumentSource } from '../document-source.js';
import { formatsIn } from '../formats.js';
import { textsIn } from '../languages.js';
import { settlementOf } from '../settlement.js';
import type { EInvoice } from './e-invoice.js';
import { eLine } from './e-line.js';
import { creditTransfer, deliverTo, eParty } from './e-party.js';
import { eLineVat, eVat } from './e-vat.js';

/** An invoice or a credit note as EN 16931 sees it. Its words are those of a language (`languageAmong`). */
export const eInvoice = (source: DocumentSource, language: string): EInvoice => {
  const { document, taxPerLine, seller, buyer, timeZone, creditNote } = source;
  const { invoice, lines } = document;
  const { currency, subtotal, tax, total, taxation } = invoice;
  const texts = textsIn(language);
  const vat = eVat(invoice, texts);
  const terms = { formats: formatsIn(language), texts };
  const daysOfLine = serviceDaysAmong(lines, timeZone);
  const isInclusive = taxation?.prices === 'inclusive';
  const nets = lines.map(({ amount }, index) =>
    money(amount.minor - (isInclusive ? taxPerLine[index]! : 0n), currency),
  );
  const { paid, credited, due } = settlementOf(invoice);
  const eLines = lines.map((line, index) =>
    eLine(line, nets[index]!, index + 1, { ...terms, period: daysOfLine(line), vat: eLineVat(invoice, index) }),
  );
  const isSubjectToVat = vat.every(({ category }) => category !== 'O');
  return {
    type: creditNote ? '381' : '380',
    number: invoice.number ?? '',
    issueDate: invoice.issueDate,
    dueDate: invoice.dueOn,
    paymentTerms: creditNote && texts.ofCreditNote.settled,
    preceding: creditNote?.corrects ?? [],
    currency,
    notes: [creditNote?.memo ?? undefined, seller.footer].filter((note) => note !== undefined),
    buyerReference: buyer.buyerReference,
    purchaseOrder: buyer.purchaseOrder,
    // Lines are for days within it, be they late.
    period: hullOf([daysOf(invoice.period, timeZone), ...eLines.map(({ period }) => period)]),
    seller: eParty(seller, isSubjectToVat),
    buyer: eParty(buyer, isSubjectToVat),
    deliverTo: deliverTo(buyer, vat),
    paymentReference: creditNote ? undefined : paymentReferenceOf(invoice.number, seller.bankAccounts),
    paymentMeans: creditNote
      ? [{ means: '97' }]
      : (seller.bankAccounts ?? []).flatMap((account) => creditTransfer(account, currency)),
    vat,
    totals: { net: subtotal, tax, gross: total, paid: plus(paid, credited), due },
    lines: eLines,
  };
};

/** One for the whole: that of the account which is named first. */
const paymentReferenceOf = (number: string | null, [first]: readonly BankAccount[] = []): string | undefined =>
  number === null || first === undefined ? undefined : referenceFor(number, first.iban);
