import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { taxedLine, type LineTaxRules } from './line-tax.js';
import { compoundRate, compoundTaxes, effectiveTaxRate, includedTaxes, taxComponents, taxOn } from './tax.js';

fc.configureGlobal({ seed: 7 });

const rates = (...texts: readonly string[]): Decimal[] => texts.map((text) => Decimal.parse(text));
const onTop: LineTaxRules = { behavior: 'exclusive', treatment: 'taxable' };
const inside: LineTaxRules = { behavior: 'inclusive', treatment: 'taxable' };

describe('tax', () => {
  it.each([
    [999n, '21', 210n],
    [997n, '21', 209n],
    [10_000n, '8.875', 888n],
    [-10_000n, '8.875', -888n],
    [0n, '20', 0n],
  ])('on %s at %s %% is %s', (base, rate, tax) => {
    expect(taxOn(base, Decimal.parse(rate))).toBe(tax);
  });

  it('rounds half to even where the price does', () => {
    expect(taxOn(250n, Decimal.parse('1'), 'half_even')).toBe(2n);
    expect(taxOn(250n, Decimal.parse('1'))).toBe(3n);
  });

  it('of several kinds is rounded apart on the same base, or compounds', () => {
    expect(taxComponents(14_000n, rates('5', '9.975'))).toEqual([700n, 1_397n]);
    expect(compoundTaxes(10_000n, rates('5', '7'))).toEqual([500n, 735n]);
    expect(compoundRate(rates('5', '7')).toString()).toBe('12.35');
    expect(compoundRate([]).toString()).toBe('0');
  });

  it('inside a price is what net leaves of it, split by largest remainder', () => {
    expect(includedTaxes(10_000n, rates('20'))).toEqual({ net: 8_333n, taxes: [1_667n] });
    expect(includedTaxes(11_498n, rates('5', '9.975'))).toEqual({ net: 10_000n, taxes: [500n, 998n] });
  });

  it('has one effective rate: weighted, or the plain average of nothing', () => {
    const line = (amount: bigint, ...texts: string[]) => ({ amount, rates: rates(...texts) });
    expect(effectiveTaxRate([line(1_000n, '10'), line(2_000n, '10', '12')]).toString()).toBe('18');
    expect(effectiveTaxRate([line(0n, '10'), line(0n, '10', '12')]).toString()).toBe('16');
    expect(effectiveTaxRate([]).toString()).toBe('0');
  });
});

describe('a taxed line', () => {
  it('owes nothing where the customer is exempt, inside or on top', () => {
    const exempt = { net: 10_000n, taxes: [], tax: 0n, gross: 10_000n };
    expect(taxedLine(10_000n, rates('20'), { ...onTop, treatment: 'exempt' })).toEqual(exempt);
    expect(taxedLine(10_000n, rates('20'), { ...inside, treatment: 'exempt' })).toEqual(exempt);
  });

  it('states base and rate, and no amount, where the customer accounts for the tax', () => {
    const { taxes, gross } = taxedLine(10_000n, rates('20'), { ...onTop, treatment: 'reverse_charge' });
    expect(taxes).toEqual([{ rate: Decimal.parse('20'), base: 10_000n, amount: 0n }]);
    expect(gross).toBe(10_000n);
  });

  it('names the base of each compound tax', () => {
    const { taxes, gross } = taxedLine(10_000n, rates('5', '7'), { ...onTop, compound: true });
    expect(taxes.map(({ base, amount }) => [base, amount])).toEqual([
      [10_000n, 500n],
      [10_500n, 735n],
    ]);
    expect(gross).toBe(11_235n);
  });

  it('is its net and its taxes, however it is taxed', () => {
    const rate = fc.integer({ min: 0, max: 3_000 }).map((points) => new Decimal(BigInt(points), 2));
    const rules = fc.record({
      behavior: fc.constantFrom('exclusive' as const, 'inclusive' as const),
      treatment: fc.constantFrom('taxable' as const, 'exempt' as const, 'reverse_charge' as const),
      compound: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n }),
        fc.array(rate, { maxLength: 3 }),
        rules,
        (amount, some, how) => {
          const { net, taxes, tax, gross } = taxedLine(amount, some, how);
          expect(taxes.reduce((total, one) => total + one.amount, 0n)).toBe(tax);
          expect(net + tax).toBe(gross);
          if (how.behavior === 'inclusive' && how.treatment === 'taxable') expect(gross).toBe(amount);
        },
      ),
    );
  });
});
