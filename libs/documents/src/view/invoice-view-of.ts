import type { InvoiceRecord } from '#billing/invoice';
import { daysOf } from '../days.js';
import type { DocumentSource } from '../document-source.js';
import { formatsIn, type Formats } from '../formats.js';
import { directionOf, textsIn } from '../languages.js';
import { exemptionNote } from '../exemptions.js';
import type { Texts } from '../texts/texts.js';
import type { InvoiceView, Labelled } from './invoice-view.js';
import { lineView } from './line-view.js';
import { accountView, labelled, partyView } from './party-view.js';
import { totalsView } from './totals-view.js';

/** What an invoice says in a language (`languageAmong`). A draft and what is void say so across the page. */
export const invoiceView = (source: DocumentSource, language: string): InvoiceView => {
  const { document, seller, buyer, timeZone } = source;
  const { invoice, lines } = document;
  const [texts, formats] = [textsIn(language), formatsIn(language)];
  return {
    language,
    direction: directionOf(language),
    title: texts.invoice,
    number: invoice.number,
    watermark: watermarkOf(invoice, texts),
    facts: factsOf(source, formats, texts),
    seller: partyView(texts.seller, seller, language, texts),
    buyer: partyView(texts.buyer, buyer, language, texts),
    columns: {
      description: texts.description,
      quantity: texts.quantity,
      unitPrice: texts.unitPrice,
      amount: texts.amount,
    },
    lines: lines.map((line) => lineView(line, timeZone, formats, texts)),
    totals: totalsView(invoice, formats, texts),
    notes: notesOf(invoice, texts),
    payment: {
      label: texts.payment,
      accounts: (seller.bankAccounts ?? []).map((account) => accountView(account, texts)),
    },
    footer: seller.footer ?? null,
    page: texts.page,
    createdAt: Date.parse(invoice.issueDate === null ? invoice.period.end : `${invoice.issueDate}T00:00:00Z`) / 1_000,
  };
};

const watermarkOf = ({ status, issueDate }: InvoiceRecord, texts: Texts): string | null => {
  if (status === 'void') return texts.void;
  return issueDate === null ? texts.draft : null;
};

const factsOf = ({ document, buyer, timeZone }: DocumentSource, formats: Formats, texts: Texts): Labelled[] => {
  const { number, issueDate, dueOn, period } = document.invoice;
  return labelled([
    [texts.number, number ?? undefined],
    [texts.issueDate, issueDate === null ? undefined : formats.day(issueDate)],
    [texts.dueDate, dueOn === null ? undefined : formats.day(dueOn)],
    [texts.period, formats.days(daysOf(period, timeZone))],
    [texts.purchaseOrder, buyer.purchaseOrder],
    [texts.buyerReference, buyer.buyerReference],
  ]);
};

const notesOf = ({ issueDate, taxation, taxes, total }: InvoiceRecord, texts: Texts): string[] => [
  ...(issueDate === null ? [texts.draftNote] : []),
  ...new Set(
    taxation === null
      ? []
      : taxes
          .map(({ category }) => exemptionNote(category, taxation.reason, texts))
          .filter((note) => note !== undefined),
  ),
  ...(taxation?.prices === 'inclusive' ? [texts.pricesIncludeTax] : []),
  ...(total.minor < 0n ? [texts.creditNote] : []),
];
