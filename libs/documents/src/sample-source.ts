import type { ItemLine } from '#contracts';
import { money, plus, type AccountId, type Instant, type Id, type InvoiceId, type LineId } from '#kernel';
import type { DocumentSource } from './document-source.js';
import { textsIn } from './languages.js';

const CURRENCY = 'EUR';
const PERIOD = { start: '2026-01-01T00:00:00Z' as Instant, end: '2026-02-01T00:00:00Z' as Instant };
const NONE = '00000000000000000000000000';

/** What invoices of a seller look like: a draft that says nothing true, the same each time. */
export const sampleSource = (
  issuer: Pick<DocumentSource, 'seller' | 'timeZone' | 'branding'>,
  language: string,
): DocumentSource => {
  const texts = textsIn(language);
  const lines = [
    sampleLine(`${texts.description} 1`, '2', '75.00', 150_00n),
    sampleLine(`${texts.description} 2`, '1', '49.90', 49_90n),
  ];
  const nothing = money(0n, CURRENCY);
  const total = lines.reduce((sum, { amount }) => plus(sum, amount), nothing);
  const invoice = {
    invoiceId: `inv_${NONE}` as InvoiceId,
    accountId: `acc_${NONE}` as AccountId,
    number: null,
    status: 'draft',
    currency: CURRENCY,
    period: PERIOD,
    issueDate: null,
    dueOn: null,
    subtotal: total,
    tax: nothing,
    taxes: [],
    taxation: null,
    total,
    amountPaid: nothing,
    amountCredited: nothing,
    amountFromWallet: nothing,
  } as const;
  const buyer = { name: 'Example Ltd', address: { line1: '1 Analytical Way', city: 'London', country: 'GB' } };
  return { document: { invoice, lines }, taxPerLine: lines.map(() => 0n), buyer, ...issuer };
};

const sampleLine = (description: string, quantity: string, unitAmount: string, minor: bigint): ItemLine => ({
  lineId: `lin_${NONE}` as LineId,
  kind: 'one_off',
  itemId: `itm_${NONE}` as Id<'itm'>,
  description,
  quantity,
  unitAmount,
  amount: money(minor, CURRENCY),
  metadata: {},
  addedAt: PERIOD.start,
});
