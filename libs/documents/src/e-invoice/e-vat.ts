import type { DocumentTax, TaxCategory } from '#contracts';
import { money } from '#kernel';
import type { DocumentHead } from '../document-source.js';
import { exemptionNote } from '../exemptions.js';
import type { Texts } from '../texts/texts.js';
import type { EVat } from './e-invoice.js';

/** As the code list VATEX has it. Why somebody is exempt is told in words: there is no code for all of it. */
const REASON_CODES: Partial<Readonly<Record<TaxCategory, string>>> = {
  AE: 'VATEX-EU-AE',
  G: 'VATEX-EU-G',
  K: 'VATEX-EU-IC',
  O: 'VATEX-EU-O',
};

/** What no tax is charged on at all is not subject to VAT. */
export const eVat = ({ taxes, taxation, subtotal, currency }: DocumentHead, texts: Texts): EVat[] => {
  if (taxation === null || taxes.length === 0) {
    return [
      breakdown({ category: 'O', rate: '0', base: subtotal, amount: money(0n, currency) }, texts.notSubjectToTax),
    ];
  }
  return taxes.map((tax) => breakdown(tax, exemptionNote(tax.category, taxation.reason, texts)));
};

const breakdown = (
  { category, rate, base, amount }: Pick<DocumentTax, 'category' | 'rate' | 'base' | 'amount'>,
  reason: string | undefined,
): EVat => ({ category, rate, base, amount, reason, reasonCode: REASON_CODES[category] });
