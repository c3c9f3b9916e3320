import { describe, expect, it } from '@jest/globals';
import { randomInvoice, wrongWith } from './random-invoices.js';
import { Dice } from '../services/dice.js';

const INVOICES = 10_000;

describe('over ten thousand random invoices', () => {
  it('steps, lines, discounts and taxes sum to their totals', () => {
    const dice = new Dice(Number(process.env['INVARIANT_SEED'] ?? 20_261_121));
    for (let count = 0; count < INVOICES; count++) {
      const wrong = wrongWith(randomInvoice(dice));
      if (wrong !== null) expect({ invoice: count, wrong }).toBeNull();
    }
  });
});
