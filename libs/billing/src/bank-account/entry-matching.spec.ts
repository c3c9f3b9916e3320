import { groupedReference, money, qrReferenceOfNumber, referenceOfNumber } from '#kernel';
import { anId } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchingOf, numbersIn, type IncomingMoney, type OpenItem } from './entry-matching.js';

const item = (number: string, minor: bigint, more: Partial<OpenItem> = {}): OpenItem => ({
  accountId: anId('acc'),
  invoiceId: anId('inv', Number(number.replaceAll(/\D/gu, '')) + 1_000),
  number,
  due: money(minor, 'EUR'),
  references: [referenceOfNumber(number), qrReferenceOfNumber(number)],
  payers: [],
  ...more,
});
const paid = (minor: bigint, more: Partial<IncomingMoney> = {}): IncomingMoney => ({
  amount: money(minor, 'EUR'),
  references: [],
  text: '',
  payer: null,
  ...more,
});
const [first, second] = [item('INV-2026-0001', 10_000n), item('INV-2026-0002', 10_000n)];
const both = [first, second];
const reasons = (incoming: IncomingMoney, items: readonly OpenItem[] = both) =>
  matchingOf(incoming, items).suggested.map(({ invoiceId, reason }) => [invoiceId, reason]);
const certain = (incoming: IncomingMoney, items: readonly OpenItem[] = both) =>
  matchingOf(incoming, items).certain?.invoiceId ?? null;

describe('what money is for', () => {
  it.each([
    ['told apart by the bank', { references: [referenceOfNumber('INV-2026-0001')] }],
    ['of Switzerland', { references: [qrReferenceOfNumber('INV-2026-0001')] }],
    ['in the text', { text: `Thanks ${groupedReference(referenceOfNumber('INV-2026-0001'))} bye` }],
  ])('is certain by a reference %s, up to what is due', (_, said) => {
    expect(certain(paid(10_000n, said))).toBe(first.invoiceId);
    expect(certain(paid(9_750n, said))).toBe(first.invoiceId);
    expect(certain(paid(10_001n, said))).toBeNull();
    expect(reasons(paid(10_001n, said))).toEqual([[first.invoiceId, 'reference']]);
  });

  it('is not certain where references name two invoices, or two have the same', () => {
    const two = both.map(({ number }) => referenceOfNumber(number));
    expect(certain(paid(10_000n, { references: two }))).toBeNull();
    const twin = item('INV 2026 0001', 10_000n, { invoiceId: anId('inv', 7) });
    expect(reasons(paid(10_000n, { references: [two[0]!] }), [first, twin])).toHaveLength(2);
    expect(certain(paid(10_000n, { references: [two[0]!] }), [first, twin])).toBeNull();
  });

  it('is suggested by number, by amount and payer, and by payer, in that order', () => {
    const payers = ['ada'];
    const items = [item('C', 5_000n, { payers }), item('B', 10_000n, { payers }), second, item('D', 10_000n)];
    const incoming = paid(10_000n, { text: 'Rechnung inv 2026-0002, danke', payer: 'ada' });
    expect(reasons(incoming, items)).toEqual([
      [second.invoiceId, 'number'],
      [items[1]!.invoiceId, 'amount_and_payer'],
      [items[0]!.invoiceId, 'payer'],
    ]);
    expect(certain(incoming, items)).toBeNull();
  });

  it('is nothing for another currency, for what is paid, and for what went out', () => {
    const references = [referenceOfNumber('INV-2026-0001')];
    expect(reasons({ ...paid(1n, { references }), amount: money(1n, 'CHF') })).toEqual([]);
    expect(reasons(paid(1n, { references }), [item('INV-2026-0001', 0n)])).toEqual([]);
    expect(reasons(paid(-10_000n, { references }))).toEqual([]);
    expect(reasons(paid(10_000n, { references: ['RF00INV20260001'] }))).toEqual([]);
  });

  it('is never found by a part of a word, nor by what is too short to be a number', () => {
    expect(reasons(paid(10_000n, { text: 'XINV-2026-0001' }))).toEqual([]);
    expect(reasons(paid(10_000n, { text: 'INV-2026-00011' }))).toEqual([]);
    expect([...numbersIn('a 1 b')]).toEqual(['A1B']);
  });

  it('suggests each invoice once, ten at the most, and is certain of none that is not suggested first', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.bigInt(0n, 3n), fc.boolean()), { maxLength: 30 }),
        fc.integer({ min: 0, max: 30 }),
        fc.bigInt(1n, 3n),
        (all, sought, minor) => {
          const items = all.map(([number, due, knows], index) =>
            item(`N-${number}`, due, { invoiceId: anId('inv', index), payers: knows ? ['p'] : [] }),
          );
          const references = [referenceOfNumber(`N-${sought}`)];
          const result = matchingOf(paid(minor, { references, payer: 'p' }), items);
          const ids = result.suggested.map(({ invoiceId }) => invoiceId);
          expect(ids.length).toBe(Math.min(new Set(ids).size, 10));
          const named = items.filter(({ number, due }) => number === `N-${sought}` && due.minor > 0n);
          const isCertain = named.length === 1 && minor <= named[0]!.due.minor;
          expect(result.certain).toEqual(isCertain ? result.suggested[0] : null);
        },
      ),
    ));
});
