import type { DocumentLine } from '#billing/invoice';
import type { CreditedLine, CreditNoteKind } from '#contracts';
import { Decimal, money, negated } from '#kernel';
import { comesTo, unitAmountOf } from './line-price.js';

/** What is given back of a line, as a line of its own. How the line came about is told where all of it is given back. */
export const creditedLine = (line: DocumentLine, credited: CreditedLine, kind: CreditNoteKind): DocumentLine => {
  if (kind === 'correction') return otherWayRound(line);
  return credited.amount.minor === line.amount.minor ? line : partOf(line, credited);
};

/** Of a billing below zero: what it takes off is given back, and what it adds is not. */
const otherWayRound = (line: DocumentLine): DocumentLine => {
  const amount = negated(line.amount);
  if (line.kind === 'wallet_top_up') return { ...line, amount };
  const { discounts: before } = line;
  const discounts = before?.map((discount) => ({ ...discount, amount: negated(discount.amount) }));
  const off = discounts === undefined ? {} : { discounts };
  if (line.kind === 'one_off') {
    const { unitAmount } = line;
    return { ...line, amount, ...off, ...(unitAmount === undefined ? {} : { unitAmount: negatedText(unitAmount) }) };
  }
  // What was billed before is what the amount is the rest of.
  const quantity = line.billedBefore.minor === 0n ? negatedText(line.quantity) : line.quantity;
  return { ...line, quantity, amount, ...off };
};

/** With all its digits. */
const negatedText = (decimal: string): string =>
  decimal.startsWith('-') ? decimal.slice(1) : Decimal.parse(decimal).negated().toString();

/** So many units at the price of the line, where they come to the amount; else one of it. */
const partOf = (line: DocumentLine, { quantity = '1', amount }: CreditedLine): DocumentLine => {
  const unitAmount = unitAmountOf(line);
  const isPriced = unitAmount !== undefined && comesTo(quantity, unitAmount, amount);
  if (line.kind === 'one_off') {
    const { unitAmount: _, discounts: __, ...unpriced } = line;
    return { ...unpriced, quantity, amount, ...(isPriced ? { unitAmount } : {}) };
  }
  if (line.kind === 'wallet_top_up') return { ...line, quantity, amount };
  const { proration: _, part: __, discounts: ___, ...whole } = line;
  return {
    ...whole,
    quantity,
    steps: isPriced ? line.steps : [],
    billedBefore: money(0n, amount.currency),
    amount,
  };
};
