import { BUYER, documentSource, itemLine, SELLER } from '#testing';
import { money } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import decodeQR from 'qr/decode.js';
import { paymentCodeOf } from './payment-code.js';

const PIXELS = 4;

/** What an app reads that looks at the code. */
const readFrom = (size: number, path: string): string => {
  const side = size * PIXELS;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/gu))
    for (let row = Number(y) * PIXELS; row < (Number(y) + 1) * PIXELS; row++)
      for (let column = Number(x) * PIXELS; column < (Number(x) + Number(length)) * PIXELS; column++)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  return decodeQR({ width: side, height: side, data });
};

const euros = { currency: 'EUR', amountPaid: money(0n, 'EUR'), amountCredited: money(0n, 'EUR') };
const line = itemLine('Setup', 12_345n, { amount: money(12_345n, 'EUR') });
const source = (head = {}, seller = SELLER) =>
  documentSource([line], null, { ...euros, ...head }, { buyer: BUYER, seller });

describe('the code that banks’ apps read', () => {
  it('is a transfer of what is due with the reference of the invoice, to the first account with an IBAN', () => {
    const { label, size, path } = paymentCodeOf(source(), 'Scan')!;
    expect([label, readFrom(size, path)]).toEqual([
      'Scan',
      'BCD\n002\n1\nSCT\nBYLADEM1001\nAnalytik GmbH\nDE02120300000000202051\nEUR123.45\n\nRF29INV000042',
    ]);
  });

  it('asks for what is left after a payment in part, in the name of the seller where the account has none', () => {
    const seller = { ...SELLER, name: 'Größe\nGmbH', bankAccounts: [{ iban: 'DE02120300000000202051' }] };
    const { size, path } = paymentCodeOf(source({ amountPaid: money(345n, 'EUR') }, seller), 'Scan')!;
    expect(readFrom(size, path).split('\n').slice(4, 8)).toEqual([
      '',
      'Größe GmbH',
      'DE02120300000000202051',
      'EUR120.00',
    ]);
  });

  it.each([
    ['another currency', source({ currency: 'CHF', amountPaid: money(0n, 'CHF'), amountCredited: money(0n, 'CHF') })],
    ['a draft', source({ number: null })],
    ['one that is paid', source({ amountPaid: money(12_345n, 'EUR') })],
    ['one that is void', source({ status: 'void' })],
    ['an account without an IBAN', source({}, { ...SELLER, bankAccounts: [{ accountNumber: '1' }] })],
    ['a QR-IBAN', source({}, { ...SELLER, bankAccounts: [{ iban: 'CH4431999123000889012' }] })],
    ['nobody to pay', source({}, { ...SELLER, bankAccounts: [] })],
  ])('is not there for %s', (_, without) => expect(paymentCodeOf(without, 'Scan')).toBeNull());
});
