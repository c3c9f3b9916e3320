import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  groupedReference,
  isCreditorReference,
  isQrIban,
  isQrReference,
  qrReferenceOfNumber,
  referenceFor,
  referenceOfNumber,
  referencesIn,
} from './payment-references.js';

const numbers = fc.string({ minLength: 1, maxLength: 40 });

describe('references of payments', () => {
  it('have check digits as the standards say', () => {
    expect(isCreditorReference('RF18539007547034')).toBe(true);
    expect(isCreditorReference('RF19539007547034')).toBe(false);
    expect(isQrReference('210000000003139471430009017')).toBe(true);
    expect(isQrReference('210000000003139471430009018')).toBe(false);
    expect(isQrReference('0'.repeat(27))).toBe(false);
    expect(isQrIban('CH4431999123000889012')).toBe(true);
    expect(isQrIban('CH9300762011623852957')).toBe(false);
  });

  it('show the number of a document where it has letters and digits', () => {
    expect(referenceOfNumber('INV-2026-0042')).toMatch(/^RF\d\dINV20260042$/u);
    expect(groupedReference('RF18539007547034')).toBe('RF18 5390 0754 7034');
    expect(referenceFor('INV-1', 'CH4431999123000889012')).toMatch(/^\d{27}$/u);
    expect(referenceFor('INV-1', 'DE89370400440532013000')).toBe(referenceOfNumber('INV-1'));
    expect(referenceFor('INV-1', undefined)).toBe(referenceOfNumber('INV-1'));
  });

  it('are valid and the same again, whatever the number', () =>
    fc.assert(
      fc.property(numbers, (number) => {
        const [creditor, qr] = [referenceOfNumber(number), qrReferenceOfNumber(number)];
        expect([isCreditorReference(creditor), isQrReference(qr)]).toEqual([true, true]);
        expect([referenceOfNumber(number), qrReferenceOfNumber(number)]).toEqual([creditor, qr]);
      }),
    ));

  it('are not what they were once a digit is another', () =>
    fc.assert(
      fc.property(numbers, fc.nat(26), fc.integer({ min: 1, max: 9 }), (number, at, more) => {
        const qr = qrReferenceOfNumber(number);
        const other = [...qr]
          .map((digit, index) => (index === at ? String((Number(digit) + more) % 10) : digit))
          .join('');
        expect(isQrReference(other)).toBe(false);
      }),
    ));

  it('are found in what people write around them', () =>
    fc.assert(
      fc.property(numbers, fc.boolean(), (number, grouped) => {
        const reference = referenceOfNumber(number);
        const written = grouped ? groupedReference(reference) : reference;
        expect(referencesIn(`Rechnung, ${written.toLowerCase()}; danke`)).toContain(reference);
      }),
    ));

  it('are found with and without blanks, and only where their check digits are right', () => {
    expect(referencesIn('QRR 21 00000 00003 13947 14300 09017 danke')).toEqual(['210000000003139471430009017']);
    expect(referencesIn('210000000003139471430009018, RF19539007547034, 4711')).toEqual([]);
    expect(referencesIn('9210000000003139471430009017')).toEqual([]);
  });
});
