import { Decimal } from '#kernel';
import { PRICES, randomInvoice, rateLine, wrongWith } from '../invariants/random-invoices.js';
import { Dice } from '../services/dice.js';
import { print, processorRounds } from './rounds.js';

const ROUNDS = 5;
const INVOICES = Number(process.env['BENCH_INVOICES'] ?? 200_000);
const CHECKED = Number(process.env['BENCH_CHECKED_INVOICES'] ?? 1_000_000);

/** Invoices of five lines, one of each model, rated and rounded on one core; then a million random ones with discounts and taxes, checked. */
export const benchRating = (): Promise<void> => {
  const quantities = Array.from({ length: 1_024 }, (_, index) => Decimal.of(index * 977));
  const rates = processorRounds(ROUNDS, () => {
    let total = 0n;
    for (let invoice = 0; invoice < INVOICES; invoice++) {
      for (let line = 0; line < PRICES.length; line++) {
        total += rateLine(PRICES[line]!, quantities[(invoice + line) & 1_023]!, 'USD').minor;
      }
    }
    if (total <= 0n) throw new Error('Nothing was rated.');
    return INVOICES;
  });
  print({ title: 'rating, five lines each, one core', unit: 'invoices/s', rates });
  const dice = new Dice(20_261_121);
  const checked = processorRounds(1, () => {
    for (let count = 0; count < CHECKED; count++) {
      const wrong = wrongWith(randomInvoice(dice));
      if (wrong !== null) throw new Error(`Of random invoice ${count}: ${wrong}.`);
    }
    return CHECKED;
  });
  print({ title: `${CHECKED} random invoices, discounted, taxed and checked`, unit: 'invoices/s', rates: checked });
  return Promise.resolve();
};
