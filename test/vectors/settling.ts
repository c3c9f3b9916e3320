import { parseInstant, parseMoney } from '#kernel';
import { Account } from './account.js';

const NOW = parseInstant('2026-01-01T00:00:00Z');

/** In minor units. */
export interface Settled {
  readonly balance: bigint;
  readonly due: bigint;
  readonly creditGenerated: bigint;
  readonly creditUsed: bigint;
  readonly creditLeft: bigint;
}

/** What an invoice of items comes to for a customer with credit, in major units of a currency. */
export const settled = (items: readonly string[], credit: string, currency: string): Settled => {
  const account = new Account([], currency);
  const paid = parseMoney(credit, currency);
  if (paid.minor > 0n) account.pays(paid, NOW);
  for (const item of items) account.owes(parseMoney(item, currency), NOW);
  const { total, due, creditApplied } = account.bills(NOW);
  const left = account.credit;
  return {
    balance: total,
    due,
    creditGenerated: left - paid.minor + creditApplied,
    creditUsed: creditApplied,
    creditLeft: left,
  };
};
