import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  changePlan,
  createSubscription,
  givenFor,
  like,
  on,
} from '#testing';
import { describe, it, expect } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { catalogDecider, type Catalog } from './catalog.decider.js';
import type { PlanContent } from './catalog.commands.js';
import type { Price } from '#rating';

const flat = (amount: string): Price => ({ model: 'flat', amount });
const euros = (amount: string) => ({ EUR: { price: flat(amount) } });
const fee = aCharge({ price: flat('30'), currencyOptions: euros('25') });
const calls = aUsageCharge({ currencyOptions: { EUR: { price: { model: 'per_unit', unitAmount: '0.09' } } } });

const publish = (content: Partial<PlanContent>) =>
  ({
    type: 'PublishPlan',
    on: on('2026-01-01'),
    key: 'new',
    content: { name: 'New', currency: 'USD', interval: { unit: 'month', count: 1 }, charges: [fee], ...content },
  }) as const;
const given = givenFor(catalogDecider)();

describe('a plan in several currencies', () => {
  it('says what it costs in each', () =>
    given.when(publish({})).then(like('PlanVersionPublished', { charges: [fee] })));

  it.each([
    [
      'no price of one charge',
      { charges: [fee, aCharge({ key: 'other' })] },
      'price_missing',
      '/charges/1/currencyOptions',
    ],
    [
      'a price in no currency',
      { charges: [aCharge({ currencyOptions: { XXQ: { price: flat('1') } } })] },
      'unknown_currency',
      '/charges/0/currencyOptions/XXQ',
    ],
    [
      'another price in its own',
      { charges: [aCharge({ currencyOptions: { USD: { price: flat('1') } } })] },
      'currency_repeated',
      '/charges/0/currencyOptions/USD',
    ],
    [
      'a price that is none',
      { charges: [aCharge({ currencyOptions: euros('x') })] },
      'invalid_decimal',
      '/charges/0/currencyOptions/EUR/price/amount',
    ],
    ['no price of the trial', { trial: { days: 7, price: '5' } }, 'price_missing', '/trialPrices'],
    [
      'a price of the trial below zero',
      { trial: { days: 7, price: '5', prices: { EUR: '-1' } } },
      'invalid_decimal',
      '/trialPrices/EUR',
    ],
  ] as const)('has not %s', (_, content, code, pointer) => {
    given.when(publish(content)).thenRefused(code, pointer);
  });

  it('has no more than thirty of them', () => {
    const many = Array.from(
      { length: 31 },
      (_, index) => `A${String.fromCharCode(65 + (index % 26))}${index > 25 ? 'B' : 'A'}`,
    );
    const currencyOptions = Object.fromEntries(many.map((currency) => [currency, { price: flat('1') }]));
    given.when(publish({ charges: [aCharge({ currencyOptions })] })).thenRefused('too_many_currencies', '/charges');
  });
});

describe('who is billed in another currency', () => {
  const catalog: Catalog = aCatalog({
    plans: [
      aPlan({ charges: [fee, calls], trial: { days: 0, price: '5', prices: { EUR: '4' } } }),
      aPlan({ key: 'dollars', charges: [aCharge()] }),
      aPlan({ key: 'tried', charges: [fee], trial: { days: 14, price: '5', prices: { EUR: '4' } } }),
    ],
  });
  const european = givenFor(accountDecider)(anAccount({ currency: 'EUR' }));

  it('pays the prices in that', () => {
    const { facts } = european.after(createSubscription({ catalog })).when(billAccount({ catalog }));
    expect(billedIn(facts)).toEqual(['base recurring 2500']);
    expect(facts).toContainEqual(
      expect.objectContaining({
        type: 'InvoiceDrafted',
        data: expect.objectContaining({ currency: 'EUR' }) as unknown,
      }),
    );
  });

  it('pays the price of the trial in that', () => {
    const { facts } = european.after(createSubscription({ catalog, plan: 'tried' })).when(billAccount({ catalog }));
    expect(billedIn(facts)).toEqual(['trial one_time 400']);
  });

  it('is refused a plan that has none in that, at first and later', () => {
    european.when(createSubscription({ catalog, plan: 'dollars' })).thenRefused('currency_mismatch', '/plan');
    european
      .after(createSubscription({ catalog }))
      .when(changePlan({ catalog, plan: 'dollars', now: at('2026-01-10T00:00:00Z') }))
      .thenRefused('currency_mismatch', '/plan');
  });

  it('goes on with them, whatever is published since', () => {
    const dropped = {
      ...catalog.plans.get('standard')!.versions[0]!,
      version: 2,
      charges: [aCharge({ price: flat('40') })],
    };
    const published = aCatalog({ plans: [catalog.plans.get('standard')!.versions[0]!, dropped] });
    const { facts } = european
      .after(createSubscription({ catalog }), billAccount({ catalog }))
      .when(billAccount({ catalog: published, invoiceId: anId('inv', 2), billThrough: at('2026-02-01T00:00:00Z') }));
    expect(billedIn(facts)[0]).toBe('base recurring 2500');
  });
});
