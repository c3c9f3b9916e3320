import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { cappedRepair, creditNoteForItems, creditNoteForUnused } from './credit-note.js';

const fraction = (numerator: bigint, denominator: bigint) => ({ numerator, denominator });

describe('a credit note', () => {
  it('rounds base and tax apart, each from what is exact', () => {
    const note = creditNoteForUnused(16_000n, fraction(29n, 30n), Decimal.parse('25'));
    expect(note).toEqual({ subtotal: 15_467n, tax: 3_867n, total: 19_334n });
  });

  it('gives nothing back that a coupon paid', () => {
    const terms = { taxRate: Decimal.parse('20'), couponShare: Decimal.parse('0.5'), credit: 7n, refund: 3n };
    expect(creditNoteForItems([10n, 5n], terms)).toEqual({
      couponAdjustment: 8n,
      subtotal: 8n,
      tax: 2n,
      total: 10n,
      balance: 7n,
    });
    expect(() => creditNoteForItems([10n, 5n], { ...terms, refund: 4n })).toThrow(
      expect.objectContaining({ code: 'credit_note_too_large' }),
    );
  });

  it('repairs no more than earlier adjustments left of an item', () => {
    const change = { item: 24_995n, adjusted: 1_000n, unused: fraction(30n, 31n), newCharge: 963n };
    expect(cappedRepair(change)).toEqual({ repair: -23_995n, credit: 23_032n });
    expect(cappedRepair({ ...change, adjusted: 0n, newCharge: 99_999n })).toEqual({ repair: -24_189n, credit: 0n });
  });
});
