import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TaxMethod } from '../tax/document-tax.js';
import { taxOfGroups } from '../tax/tax-groups.js';
import { creditedAmounts } from './credited-amounts.js';

type Rates = readonly (readonly [percent: string, compound?: boolean])[];

/** An invoice of which notes give back one after the other. */
const invoice = (
  amounts: readonly bigint[],
  rates: Rates,
  method: Partial<TaxMethod> = {},
  { others = [], groupOf = amounts.map(() => 0) }: { others?: readonly Rates[]; groupOf?: readonly number[] } = {},
) => {
  const borneBy = (some: Rates) =>
    some.map(([percent, compound = false]) => ({ rate: Decimal.parse(percent), compound }));
  const groups = [rates, ...others].map(borneBy);
  const rules: TaxMethod = { rounding: 'document', prices: 'exclusive', ...method };
  const { taxes, ...lines } = taxOfGroups(amounts, groups, groupOf, rules);
  const whole = { ...lines, taxes: taxes.flat() };
  const before = {
    amounts: amounts.map(() => 0n),
    nets: amounts.map(() => 0n),
    taxes: whole.taxes.map(() => 0n),
  };
  const left = () => amounts.map((amount, line) => amount - before.amounts[line]!);
  const credit = (wanted: readonly bigint[]) => {
    const note = creditedAmounts({ amounts, groups, groupOf, method: rules, before: { ...before } }, wanted);
    before.amounts = before.amounts.map((amount, line) => amount + wanted[line]!);
    before.nets = before.nets.map((net, line) => net + note.nets[line]!);
    before.taxes = before.taxes.map((tax, rate) => tax + note.taxes[rate]!);
    return note;
  };
  return { whole, before, left, credit };
};

describe('what credit notes give back', () => {
  it('comes to exactly the invoice, in four notes of one of 334.99', () => {
    // 281.50 and 19 %: 53.485, so 53.49. Four quarters by themselves would bear 13.37 each (13.371), and the last 70.38 also 13.37: 53.48.
    const { credit, before } = invoice([281_50n], [['19']]);
    const taxes = [70_37n, 70_37n, 70_38n, 70_38n].map((part) => credit([part]).taxes[0]);
    // 13.3703, then 26.7406 − 13.37, then 40.1128 − 26.74, then 53.485 − 40.11.
    expect(taxes).toEqual([13_37n, 13_37n, 13_37n, 13_38n]);
    expect(before.amounts[0]! + before.taxes[0]!).toBe(334_99n);
  });

  it('bears the tax of the document, not of each line: 300 lines of 0.13 at 19 %', () => {
    const lines = Array.from({ length: 300 }, () => 13n);
    const one = lines.map((_, line) => (line === 0 ? 13n : 0n));
    const all = invoice(lines, [['19']]);
    expect(all.credit(lines).taxes).toEqual([7_41n]);
    const single = invoice(lines, [['19']]);
    expect(single.credit(one).taxes).toEqual([2n]);
    const perLine = invoice(lines, [['19']], { rounding: 'line' });
    expect(perLine.credit(one).taxes).toEqual([2n]);
    expect(perLine.credit(perLine.left()).taxes).toEqual([5_98n]);
  });

  it('is whole yen, and none is lost', () => {
    const { credit, before } = invoice([1_005n], [['10']]);
    // 33.5, then 67 − 34, and 100.5 − 67.
    expect([335n, 335n, 335n].map((part) => credit([part]).taxes[0])).toEqual([34n, 33n, 34n]);
    expect(before.taxes).toEqual([101n]);
  });

  it('has its tax inside, where the invoice had it inside', () => {
    const { credit, before, whole } = invoice([100_00n], [['19']], { prices: 'inclusive' });
    expect(whole.nets).toEqual([84_03n]);
    // 33.33 ÷ 1.19 = 28.008, then 56.017 − 28.01, then 84.03 − 56.02.
    expect([33_33n, 33_33n, 33_34n].map((part) => credit([part]))).toEqual([
      { nets: [28_01n], taxes: [5_32n] },
      { nets: [28_01n], taxes: [5_32n] },
      { nets: [28_01n], taxes: [5_33n] },
    ]);
    expect(before).toMatchObject({ nets: [84_03n], taxes: [15_97n] });
  });

  it('bears taxes on taxes: GST of 5 % and QST of 9.975 % on top of both', () => {
    const { credit, before } = invoice([100_00n], [['5'], ['9.975', true]]);
    expect(credit([50_00n]).taxes).toEqual([2_50n, 5_24n]);
    expect(credit([50_00n]).taxes).toEqual([2_50n, 5_23n]);
    expect(before.taxes).toEqual([5_00n, 10_47n]);
  });

  it('gives back whole what a line had of the net, though it was rounded with others', () => {
    const { credit, before, whole } = invoice([13n, 13n, 13n], [['19']], { prices: 'inclusive' });
    // 0.39 ÷ 1.19 = 0.3277: 0.33 net, 0.11 of each line.
    expect(whole.nets).toEqual([11n, 11n, 11n]);
    for (const line of [0, 1, 2])
      expect(credit([13n, 13n, 13n].map((part, at) => (at === line ? part : 0n))).taxes).toEqual([2n]);
    expect(before.taxes).toEqual([6n]);
  });
});

describe('what credit notes give back of lines that bear different taxes', () => {
  const groupOf = [0, 1, 0, 2];
  const others: Rates[] = [[['7']], []];

  it('bears those of its lines', () => {
    const { credit, before, whole } = invoice([100_00n, 50_00n, 1_01n, 10_00n], [['19']], {}, { others, groupOf });
    // 101.01 at 19 %: 19.1919; 50.00 at 7 %: 3.50; 10.00 bear nothing.
    expect(whole.taxes.map(({ amount }) => amount)).toEqual([19_19n, 3_50n]);
    expect(credit([0n, 25_00n, 0n, 10_00n])).toEqual({ nets: [0n, 25_00n, 0n, 10_00n], taxes: [0n, 1_75n] });
    expect(credit([100_00n, 0n, 0n, 0n]).taxes).toEqual([19_00n, 0n]);
    expect(credit([0n, 25_00n, 1_01n, 0n]).taxes).toEqual([19n, 1_75n]);
    expect(before.taxes).toEqual([19_19n, 3_50n]);
  });

  it('has them inside, group by group', () => {
    const inside = { prices: 'inclusive' } as const;
    const { credit, whole } = invoice([119_00n, 107_00n, 1_19n, 5_00n], [['19']], inside, { others, groupOf });
    expect(whole.nets).toEqual([100_00n, 100_00n, 1_00n, 5_00n]);
    expect(credit([0n, 53_50n, 1_19n, 5_00n])).toEqual({ nets: [0n, 50_00n, 1_00n, 5_00n], taxes: [19n, 3_50n] });
  });
});

describe('what credit notes give back beside lines below zero', () => {
  it('is no more tax than the rates have, where those inside the prices are rounded on each line', () => {
    const { credit } = invoice([3n, 17n, 11n, -7n, -7n, 10n], [['5'], ['9.975']], {
      prices: 'inclusive',
      rounding: 'line',
    });
    credit([2n, 0n, 0n, 0n, 0n, 1n]);
    // ÷ 1.14975: 12.18 of 14, and 8.70 of 10, so a tax of 2 and one of 1. The invoice bears 0 + 2 + 1 − 1 − 1 + 1 = 2, and one of 3 is net.
    expect(credit([0n, 14n, 10n, 0n, 0n, 0n])).toEqual({ nets: [0n, 13n, 9n, 0n, 0n, 0n], taxes: [1n, 1n] });
  });

  it('is within what each rate has left, be it below zero', () => {
    // Ten of 0.02 and one of −0.13: 0.07, and 19 % of that 0.0133.
    const { credit } = invoice([...Array.from({ length: 10 }, () => 2n), -13n], [['19']], { rounding: 'line' });
    const one = [1n, ...Array.from({ length: 10 }, () => 0n)];
    // On each line by itself: ten times 0.0038, and −0.0247.
    expect(credit(one).taxes).toEqual([0n]);
  });
});

const amount = fc.integer({ min: 1, max: 20_000 }).map(BigInt);
const rate = fc.constantFrom('0', '5', '7', '9.975', '19', '20', '25.5');
const method = fc.record({
  rounding: fc.constantFrom('document' as const, 'line' as const),
  prices: fc.constantFrom('exclusive' as const, 'inclusive' as const),
});

const signed = fc.integer({ min: -20_000, max: 20_000 }).map(BigInt);

describe('whatever notes there are', () => {
  it('they give back of lines above zero what is wanted, net and tax, beside lines below zero, too', () => {
    fc.assert(
      fc.property(
        fc.array(signed, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(rate, fc.boolean()), { minLength: 1, maxLength: 4 }),
        method,
        fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 }), { maxLength: 12 }),
        (amounts, rates, rules, notes) => {
          const { credit, left, before } = invoice(amounts, rates, rules);
          for (const percents of notes) {
            const wanted = left().map((rest, line) => (rest > 0n ? (rest * BigInt(percents[line]!)) / 100n : 0n));
            const { nets, taxes } = credit(wanted);
            nets.forEach((net, line) => {
              expect(net).toBeGreaterThanOrEqual(0n);
              expect(net).toBeLessThanOrEqual(wanted[line]!);
            });
            const total = (parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n);
            if (rules.prices === 'inclusive') expect(total(nets) + total(taxes)).toBe(total(wanted));
          }
          expect(before.nets.length).toBe(amounts.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('they give back no more than the invoice, line by line and rate by rate, and in the end all of it', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(rate, fc.boolean()), { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(fc.tuple(rate, fc.boolean()), { maxLength: 2 }), { maxLength: 2 }),
        fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
        method,
        fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 }), { maxLength: 12 }),
        (amounts, rates, others, places, rules, notes) => {
          const groupOf = amounts.map((_, line) => places[line]! % (others.length + 1));
          const { credit, left, before, whole } = invoice(amounts, rates, rules, { others, groupOf });
          const expectWithin = ({ nets, taxes }: ReturnType<typeof credit>) => {
            for (const part of [...nets, ...taxes]) expect(part).toBeGreaterThanOrEqual(0n);
            for (const [line, net] of before.nets.entries()) {
              expect(net).toBeLessThanOrEqual(whole.nets[line]!);
              const tax = amounts[line]! - whole.nets[line]!;
              expect(before.amounts[line]! - net).toBeLessThanOrEqual(tax);
            }
            for (const [index, tax] of before.taxes.entries())
              expect(tax).toBeLessThanOrEqual(whole.taxes[index]!.amount);
          };
          for (const percents of notes)
            expectWithin(credit(left().map((rest, line) => (rest * BigInt(percents[line]!)) / 100n)));
          expectWithin(credit(left()));
          expect(before.nets).toEqual(whole.nets);
          expect(before.taxes).toEqual(whole.taxes.map((tax) => tax.amount));
        },
      ),
      { numRuns: 500 },
    );
  });
});
