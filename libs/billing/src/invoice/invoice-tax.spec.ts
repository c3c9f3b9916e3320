import {
  aCatalog,
  anAccount,
  anId,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  givenFor,
  on,
  transfersIn,
  usd,
  voidInvoice,
  aTaxRate,
  taxedBy,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);
const RATES = [aTaxRate('de-vat', '19')];
const VAT = taxedBy(RATES);

/** Owes 30.00 a month in advance. */
const subscribed = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
const MIDDLE = at('2026-01-16T12:00:00Z');

describe('an invoice with tax', () => {
  it('owes it on top of its lines, and books it by rate', () => {
    const { facts } = subscribed.when(billAccount({ tax: VAT }));
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')?.data).toMatchObject({
      totals: { subtotal: usd(30_00n), tax: usd(5_70n), total: usd(35_70n), due: usd(35_70n) },
      taxes: [{ code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', base: usd(30_00n), amount: usd(5_70n) }],
      taxation: {
        reason: 'domestic',
        rounding: 'document',
        prices: 'exclusive',
        buyer: { country: 'DE', business: false },
      },
    });
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 3000', 'receivable tax_payable 570']);
    expect(facts.find(({ data }) => 'credit' in data && data.credit === 'tax_payable')?.data).toMatchObject({
      rule: 'invoice_taxed:de-vat',
      bookedOn: '2026-01-01',
    });
  });

  it('has it inside where prices are so', () => {
    const { facts } = subscribed.when(billAccount({ tax: taxedBy(RATES, { prices: 'inclusive' }) }));
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')?.data).toMatchObject({
      totals: { subtotal: usd(25_21n), tax: usd(4_79n), total: usd(30_00n), due: usd(30_00n) },
    });
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 2521', 'receivable tax_payable 479']);
  });

  it('says what it does not owe, and why', () => {
    const tax = { ...VAT, buyer: { country: 'FR', region: null, isBusiness: true } };
    const { facts } = subscribed.when(billAccount({ tax }));
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')?.data).toMatchObject({
      totals: { tax: usd(0n), total: usd(30_00n) },
      taxes: [
        { code: 'reverse_charge', jurisdiction: 'FR', category: 'AE', rate: '0', base: usd(30_00n), amount: usd(0n) },
      ],
      taxation: { reason: 'reverse_charge', buyer: { country: 'FR', business: true } },
    });
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 3000']);
  });

  it('gives it back with what it gives back', () => {
    const billed = subscribed.after(billAccount({ tax: VAT }), cancelSubscription({ now: MIDDLE }));
    const { facts } = billed.when(billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, tax: VAT }));
    // 16 of 31 days: 15.48, and 19 % of that.
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')?.data).toMatchObject({
      totals: { subtotal: usd(-15_48n), tax: usd(-2_94n), total: usd(-18_42n), due: usd(0n) },
    });
    expect(transfersIn(facts)).toContain('tax_payable receivable 294');
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'CustomerCreditAdded', data: expect.objectContaining({ amount: usd(18_42n) }) }),
    );
  });

  it('leaves nothing in the book once it is void', () => {
    const { facts } = subscribed.after(billAccount({ tax: VAT })).when(voidInvoice());
    expect(transfersIn(facts)).toEqual(['deferred_revenue receivable 3000', 'tax_payable receivable 570']);
  });

  it('of whom nothing is known any more bears what the last one did', () => {
    const french = { ...VAT, buyer: { country: 'FR', region: null, isBusiness: true } };
    const erased = subscribed
      .after(billAccount({ tax: french }))
      .and({ type: 'PersonalDataErased', data: { keyIds: ['profile'] } })
      .after(cancelSubscription({ now: MIDDLE }));
    const nobody = { ...VAT, buyer: { country: null, region: null, isBusiness: false } };
    const { facts } = erased.when(billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, tax: nobody }));
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')?.data).toMatchObject({
      totals: { subtotal: usd(-15_48n), tax: usd(0n) },
      taxation: { reason: 'reverse_charge', buyer: { country: 'FR', business: true } },
    });
  });

  it('says by which certificate it bears none, which counts for an erased account while it holds', () => {
    const exemptions = [{ jurisdiction: 'DE', validTo: on('2026-01-31') }];
    const tax = { ...VAT, buyer: { ...VAT.buyer, exemptions } };
    const billed = subscribed.after(billAccount({ tax }));
    const issued = subscribed.when(billAccount({ tax })).facts.find(({ type }) => type === 'InvoiceFinalized');
    expect(issued?.data).toMatchObject({ taxation: { reason: 'customer_exempt', exemption: exemptions[0] } });
    const erased = billed.and({ type: 'PersonalDataErased', data: { keyIds: ['profile'] } });
    const nobody = { ...VAT, buyer: { country: null, region: null, isBusiness: false } };
    const next = (now: string) =>
      erased
        .when(
          billAccount({
            invoiceId: anId('inv', 2),
            billThrough: at('2026-02-01T00:00:00Z'),
            issueDate: on(now),
            tax: nobody,
          }),
        )
        .facts.find(({ type }) => type === 'InvoiceFinalized')?.data;
    expect(next('2026-01-31')).toMatchObject({ taxation: { reason: 'customer_exempt' } });
    expect(next('2026-02-01')).toMatchObject({ taxation: { reason: 'domestic' } });
  });

  it('is not made where tax is due that nobody defined', () => {
    subscribed.when(billAccount({ tax: taxedBy([]) })).thenRefused('tax_rate_missing');
  });
});
