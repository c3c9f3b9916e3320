import type { TaxId } from '#contracts';
import type { Json } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { buyerOf } from '../tax/buyer.js';
import { buyerIn, changedContact, taxIdsIn } from './party.js';

const VAT = { type: 'eu_vat', value: 'DE136695976' } as const;
const EIN = { type: 'us_ein', value: '12-3456789' } as const;
const other = (value: string): TaxId => ({ type: 'other', value });
type Fields = Readonly<Record<string, Json>>;

describe('the tax ids of a customer', () => {
  it.each<[string, Fields, Fields, Fields]>([
    ['are listed', {}, { taxIds: [VAT, EIN] }, { taxIds: [VAT, EIN] }],
    ['are one of no type where only that is said', {}, { taxId: 'X1' }, { taxIds: [other('X1')] }],
    ['give way to another one', { taxIds: [VAT, EIN] }, { taxId: 'X1' }, { taxIds: [other('X1')] }],
    ['stay where their first is said again', { taxIds: [VAT, EIN] }, { taxId: VAT.value }, { taxIds: [VAT, EIN] }],
    ['are gone with the first', { taxIds: [VAT, EIN] }, { taxId: null }, {}],
    ['are gone with the list', { taxIds: [VAT, EIN] }, { taxIds: null }, {}],
    ['are gone with an empty one', { taxIds: [VAT] }, { taxIds: [] }, {}],
    ['may be said both ways', {}, { taxId: VAT.value, taxIds: [VAT] }, { taxIds: [VAT] }],
    ['may be taken away both ways', { taxIds: [VAT] }, { taxId: null, taxIds: null }, {}],
    [
      'come from a profile of before',
      { taxId: 'X1' },
      { email: 'a@b.example' },
      { email: 'a@b.example', taxIds: [other('X1')] },
    ],
    ['take the place of the one before', { taxId: 'X1' }, { taxIds: [VAT] }, { taxIds: [VAT] }],
    ['are none where that is blank', { taxId: ' ' }, {}, {}],
  ])('%s', (_, before, change, after) => {
    expect(changedContact(before, change)).toEqual(after);
  });

  it.each<[Fields]>([
    [{ taxId: 'X1', taxIds: [VAT] }],
    [{ taxId: EIN.value, taxIds: [VAT, EIN] }],
    [{ taxId: null, taxIds: [VAT] }],
    [{ taxId: 'X1', taxIds: null }],
  ])('are not said in two ways that disagree: %j', (change) => {
    expect(() => changedContact({}, change)).toThrow(expect.objectContaining({ code: 'tax_ids_disagree' }));
  });

  it('make a business of it, whichever they are', () => {
    expect([{}, { taxIds: [VAT] }, { taxId: 'X1' }, { taxId: ' ' }].map((one) => buyerOf(one).isBusiness)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(taxIdsIn({ taxIds: [VAT], taxId: 'X1' })).toEqual([VAT]);
  });
});

describe('a profile', () => {
  it('keeps what a change leaves out, and loses what is null or an empty list', () => {
    const before = { name: 'Ada', email: 'a@b.example', contacts: [{ name: 'Grace' }], purchaseOrder: 'PO-1' };
    expect(changedContact(before, { email: null, contacts: [], buyerReference: '04011000-12345-03' })).toEqual({
      name: 'Ada',
      purchaseOrder: 'PO-1',
      buyerReference: '04011000-12345-03',
    });
  });

  it('is a party on a document', () => {
    const profile = {
      name: 'Ada',
      email: 'a@b.example',
      billingAddress: { city: 'London', country: 'gb' },
      shippingAddress: { city: 'Bath' },
      taxIds: [VAT],
      purchaseOrder: 'PO-1',
      buyerReference: 'R',
      language: 'de',
      externalId: 'cust-1',
    };
    expect(buyerIn(profile)).toEqual({
      name: 'Ada',
      email: 'a@b.example',
      address: { city: 'London', country: 'GB' },
      shippingAddress: { city: 'Bath' },
      taxIds: [VAT],
      purchaseOrder: 'PO-1',
      buyerReference: 'R',
      language: 'de',
    });
    expect(buyerIn({ name: 'Ada', taxId: 'X1' })).toEqual({ name: 'Ada', taxIds: [other('X1')] });
    expect(buyerIn({})).toEqual({ name: '' });
  });
});
