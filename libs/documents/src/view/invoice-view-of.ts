import { daysOf, serviceDaysAmong } from '../days.js';
import type { DocumentHead, DocumentSource, PrecedingDocument } from '../document-source.js';
import { formatsIn, type Formats } from '../formats.js';
import { directionOf, textsIn } from '../languages.js';
import { exemptionNote } from '../exemptions.js';
import type { Texts } from '../texts/texts.js';
import type { InvoiceView, Labelled } from './invoice-view.js';
import { readableOnWhite, textsOf } from './branding-view.js';
import { lineView } from './line-view.js';
import { paymentCodeOf } from './payment-code.js';
import { accountView, labelled, partyView } from './party-view.js';
import { totalsView } from './totals-view.js';

/** What an invoice or a credit note says in a language (`languageAmong`). A draft and what is void say so across the page. */
export const invoiceView = (source: DocumentSource, language: string): InvoiceView => {
  const { document, seller, buyer, timeZone, creditNote, branding = {} } = source;
  const { invoice, lines } = document;
  const [texts, formats] = [textsIn(language), formatsIn(language)];
  const hidden = new Set(branding.hiddenColumns);
  const daysOfLine = serviceDaysAmong(lines, timeZone);
  const said = creditNote ? {} : textsOf(branding, language);
  return {
    language,
    direction: directionOf(language),
    logo: branding.logo ?? null,
    accentColor: branding.accentColor ?? null,
    titleColor: readableOnWhite(branding.accentColor),
    title: creditNote ? texts.ofCreditNote.title : texts.invoice,
    number: invoice.number,
    watermark: watermarkOf(invoice, texts),
    facts: factsOf(source, language, formats, texts),
    seller: partyView(texts.seller, seller, formats, texts),
    buyer: partyView(texts.buyer, buyer, formats, texts),
    intro: said.intro ?? null,
    columns: {
      description: texts.description,
      quantity: hidden.has('quantity') ? null : texts.quantity,
      unitPrice: hidden.has('unit_price') ? null : texts.unitPrice,
      amount: texts.amount,
    },
    lines: lines.map((line) => lineView(line, daysOfLine(line), formats, texts, hidden)),
    totals: totalsView(source, formats, texts),
    notes: notesOf(source, texts),
    payment: {
      label: texts.payment,
      text: said.payment ?? null,
      // Nobody pays a credit note.
      accounts: (creditNote ? [] : (seller.bankAccounts ?? [])).map((account) =>
        accountView(account, invoice.number, texts),
      ),
      code: paymentCodeOf(source, texts.scanToPay),
    },
    footer: seller.footer ?? null,
    page: texts.page,
    createdAt: Date.parse(invoice.issueDate === null ? invoice.period.end : `${invoice.issueDate}T00:00:00Z`) / 1_000,
  };
};

const watermarkOf = ({ status, issueDate }: DocumentHead, texts: Texts): string | null => {
  if (status === 'void') return texts.void;
  return issueDate === null ? texts.draft : null;
};

const factsOf = (
  { document, creditNote, buyer, timeZone }: DocumentSource,
  language: string,
  formats: Formats,
  texts: Texts,
): Labelled[] => {
  const { number, issueDate, dueOn, period } = document.invoice;
  const labels = creditNote ? texts.ofCreditNote : texts;
  return labelled([
    [labels.number, number ?? undefined],
    [labels.issueDate, issueDate === null ? undefined : formats.day(issueDate)],
    [texts.ofCreditNote.corrects, creditNote && correctedText(creditNote.corrects, language, formats)],
    [texts.dueDate, dueOn === null ? undefined : formats.day(dueOn)],
    [texts.period, formats.days(daysOf(period, timeZone))],
    [texts.purchaseOrder, buyer.purchaseOrder],
    [texts.buyerReference, buyer.buyerReference],
  ]);
};

const CORRECTED_MAX = 20;

/** A number of a document is Latin: neither the whole nor the day behind it is to be read its way. */
const RIGHT_TO_LEFT_MARK = '\u200f';

/** Many are named by the first of them: the e-invoice has all. */
const correctedText = (
  corrects: readonly PrecedingDocument[],
  language: string,
  formats: Formats,
): string | undefined => {
  if (corrects.length === 0) return undefined;
  const mark = directionOf(language) === 'rtl' ? RIGHT_TO_LEFT_MARK : '';
  const named = corrects
    .slice(0, CORRECTED_MAX)
    .map(({ number, issueDate }) => `${number},${mark} ${formats.day(issueDate)}`)
    .concat(corrects.length > CORRECTED_MAX ? ['…'] : [])
    .join('; ');
  return mark + named;
};

const notesOf = ({ document, creditNote }: DocumentSource, texts: Texts): string[] => [
  ...(creditNote === undefined ? [] : [creditNote.memo, texts.ofCreditNote.settled].filter((note) => note !== null)),
  ...taxNotesOf(document.invoice, texts),
];

const taxNotesOf = ({ issueDate, taxation, taxes, total }: DocumentHead, texts: Texts): string[] => [
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
