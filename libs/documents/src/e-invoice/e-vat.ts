import type { DocumentTax, TaxCategory } from '#contracts';
import { money, sum, type Money } from '#kernel';
import type { DocumentHead } from '../document-source.js';
import { exemptionNote } from '../exemptions.js';
import type { Texts } from '../texts/texts.js';
import type { ELine, EVat } from './e-invoice.js';

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
  // What bears the same is broken down once, be it taxed by two codes.
  const together = Map.groupBy(taxes, ({ category, rate }) => `${category} ${rate}`);
  return [...together.values()].map((same) => {
    const { category, rate, reason = taxation.reason } = same[0]!;
    const total = (amounts: readonly Money[]) => sum(amounts, currency);
    const base = total(same.map((tax) => tax.base));
    const amount = total(same.map((tax) => tax.amount));
    return breakdown({ category, rate, base, amount }, exemptionNote(category, reason, texts));
  });
};

/** What a line bears; of several taxes, the first. */
export const eLineVat = ({ taxes, taxation }: DocumentHead, line: number): ELine['vat'] => {
  const own = taxation?.groups?.[line] ?? 0;
  const { category, rate } = taxes.find(({ group = 0 }) => group === own) ?? UNTAXED;
  return { category, rate: category === 'O' ? undefined : rate };
};

const UNTAXED = { category: 'O', rate: '0' } as const;

const breakdown = (
  { category, rate, base, amount }: Pick<DocumentTax, 'category' | 'rate' | 'base' | 'amount'>,
  reason: string | undefined,
): EVat => ({ category, rate, base, amount, reason, reasonCode: REASON_CODES[category] });
