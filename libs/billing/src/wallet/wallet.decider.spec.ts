import type { AccountFact, TaxRate } from '#contracts';
import { money, type Instant } from '#kernel';
import { bookBalance } from '#ledger';
import {
  aCatalog,
  aCharge,
  addInvoiceItem,
  anAccount,
  anId,
  aPlan,
  applyCredit,
  at,
  aUsageCharge,
  billAccount,
  buyCredit,
  closeWallet,
  createSubscription,
  expireGrant,
  givenFor,
  grantCredit,
  including,
  INVOICE,
  issueCreditNote,
  linesIn,
  like,
  on,
  openWallet,
  ownInvoice,
  readings,
  receivePayment,
  reversePayment,
  transfersIn,
  usd,
  voidGrant,
  voidInvoice,
  WALLET,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { TaxTerms } from '../tax/tax-terms.js';
import { amountDue, invoiceOf } from '../invoice/invoice.js';
import { balanceOf, grantsIn, grantStatus, walletOf } from './wallet.js';

const given = givenFor(accountDecider);
const FEBRUARY = at('2026-02-01T00:00:00Z');
const MARCH = at('2026-03-01T00:00:00Z');
const TOP_UP = anId('inv', 90);
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const rate: TaxRate = {
  code: 'de-vat',
  jurisdiction: 'DE',
  category: 'S',
  rate: '19',
  validFrom: on('2020-01-01'),
};
const VAT: TaxTerms = {
  settings: { provider: 'rates', country: 'DE', rounding: 'document', prices: 'exclusive' },
  rates: [rate],
  buyer: { country: 'DE', region: null, isBusiness: false },
};

const walleted = given(anAccount()).after(openWallet());
const subscribed = walleted.after(createSubscription({ catalog }));
/** 30.00 for January and for February each in advance, and 10 cents for each call of January. */
const bill = (calls: number, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, billThrough: FEBRUARY, known: readings(calls, { revision: 0 }), ...parts });
const item = (amount = usd(50_00n), now: Instant = FEBRUARY, invoice = 1) =>
  addInvoiceItem({
    itemId: anId('itm', invoice),
    price: { amount },
    own: ownInvoice(anId('inv', invoice), now),
    now,
  });

const factIn = <Type extends AccountFact['type']>(facts: readonly AccountFact[], type: Type) =>
  facts.find((fact) => fact.type === type)?.data as Extract<AccountFact, { type: Type }>['data'] | undefined;
const drawsIn = (facts: readonly AccountFact[]) =>
  (factIn(facts, 'WalletApplied')?.draws ?? []).map(({ grantId, amount }) => [grantId, amount.minor]);
const grantsOf = ({ state }: Pick<AccountGiven, 'state'>) =>
  grantsIn(state, WALLET).map((grant) => `${grantStatus(grant, state)} ${grant.left} ${grant.used}`);
const onBook = ({ state }: Pick<AccountGiven, 'state'>, code: 'wallet' | 'receivable' | 'breakage_revenue') =>
  bookBalance(state.book, code, 'USD');

describe('a wallet', () => {
  it('is opened in the currency of its account, once', () => {
    walleted.when(openWallet()).thenNothing();
    given(anAccount())
      .when(openWallet({ currency: 'EUR' }))
      .thenRefused('wallet_in_other_currency', '/currency');
    given(anAccount())
      .when(openWallet())
      .then({
        type: 'WalletOpened',
        data: {
          walletId: WALLET,
          name: 'Credit',
          currency: 'USD',
          priority: 50,
          scope: {},
          metadata: {},
          openedAt: at('2026-01-01T00:00:00Z'),
        },
      });
  });

  it('pays an invoice whole, with its tax, before anything is due', () => {
    const { facts, state } = walleted.after(grantCredit()).when(
      addInvoiceItem({
        own: { ...ownInvoice(INVOICE, FEBRUARY), terms: { ...ownInvoice(INVOICE, FEBRUARY).terms, tax: VAT } },
        now: FEBRUARY,
      }),
    );
    expect(factIn(facts, 'InvoiceFinalized')?.totals).toEqual({
      subtotal: usd(50_00n),
      tax: usd(9_50n),
      total: usd(59_50n),
      walletApplied: usd(59_50n),
      creditApplied: usd(0n),
      due: usd(0n),
    });
    expect(transfersIn(facts)).toEqual([
      'receivable revenue 5000',
      'receivable tax_payable 950',
      'promotional_discount receivable 5950',
    ]);
    expect(facts.at(-1)).toMatchObject({ type: 'InvoicePaid', data: { paidOn: '2026-02-01' } });
    expect(grantsOf({ state })).toEqual(['granted 4050 5950']);
  });

  it('comes before the credit of the customer, and leaves the rest due', () => {
    const { facts, state } = walleted
      .after(
        grantCredit({ amount: usd(20_00n) }),
        receivePayment({ amount: usd(5_00n), allocate: 'none', receivedOn: on('2026-01-15') }),
      )
      .when(item());
    expect(factIn(facts, 'InvoiceFinalized')?.totals).toMatchObject({
      total: usd(50_00n),
      walletApplied: usd(20_00n),
      creditApplied: usd(5_00n),
      due: usd(25_00n),
    });
    expect(amountDue(invoiceOf(state, INVOICE))).toEqual(usd(25_00n));
    expect(onBook({ state }, 'receivable')).toBe(25_00n);
  });

  it('uses grants by priority, then what expires first, then what was given, then the oldest', () => {
    const soon = at('2026-03-01T00:00:00Z');
    const { facts } = walleted
      .after(
        grantCredit({ grantId: anId('grt', 1), amount: usd(10_00n) }),
        buyCredit({ grantId: anId('grt', 2), amount: usd(10_00n), usableOn: 'issue', expiresAt: soon }),
        grantCredit({ grantId: anId('grt', 3), amount: usd(10_00n), expiresAt: soon }),
        grantCredit({ grantId: anId('grt', 4), amount: usd(10_00n), priority: 10 }),
        grantCredit({ grantId: anId('grt', 5), amount: usd(10_00n) }),
      )
      .when(item(usd(38_00n)));
    expect(drawsIn(facts)).toEqual([
      [anId('grt', 1), 8_00n],
      [anId('grt', 2), 10_00n],
      [anId('grt', 3), 10_00n],
      [anId('grt', 4), 10_00n],
    ]);
    expect(transfersIn(facts).slice(1)).toEqual(['promotional_discount receivable 2800', 'wallet receivable 1000']);
  });

  it('pays an invoice of bought and given credit together, at 19 % of VAT', () => {
    const { facts } = subscribed
      .after(
        buyCredit({ grantId: anId('grt', 1), amount: usd(40_00n), usableOn: 'issue' }),
        grantCredit({ grantId: anId('grt', 2), amount: usd(25_00n), priority: 1 }),
      )
      .when(bill(100, { tax: VAT }));
    // 30.00 + 30.00 + 10.00, and 13.30 of tax: 25.00 are given, 40.00 were bought, and 18.30 are due.
    expect(factIn(facts, 'InvoiceFinalized')?.totals).toMatchObject({
      subtotal: usd(70_00n),
      tax: usd(13_30n),
      total: usd(83_30n),
      walletApplied: usd(65_00n),
      due: usd(18_30n),
    });
    expect(transfersIn(facts).filter((transfer) => transfer.endsWith(' receivable 4000'))).toEqual([
      'wallet receivable 4000',
    ]);
    expect(transfersIn(facts)).toContain('promotional_discount receivable 2500');
  });

  it('pays what lies in its scope, with its part of the tax', () => {
    const scoped = given(anAccount()).after(
      openWallet({ scope: { charges: ['calls'] } }),
      createSubscription({ catalog }),
      grantCredit(),
    );
    // 10.00 of calls, and 1.90 of 13.30.
    expect(drawsIn(scoped.when(bill(100, { tax: VAT })).facts)).toEqual([[anId('grt'), 11_90n]]);
    expect(drawsIn(scoped.when(item()).facts)).toEqual([]);
    const ofPlan = (plan: string) =>
      given(anAccount())
        .after(openWallet({ scope: { plans: [plan] } }), createSubscription({ catalog }), grantCredit())
        .when(bill(100)).facts;
    expect(drawsIn(ofPlan('standard'))).toEqual([[anId('grt'), 70_00n]]);
    expect(drawsIn(ofPlan('other'))).toEqual([]);
  });

  it('pays whole units of a currency without digits', () => {
    const yen = given(anAccount({ currency: 'JPY' })).after(
      openWallet(),
      grantCredit({ amount: money(333n, 'JPY'), expiresAt: at('2026-01-11T00:00:00Z') }),
    );
    const { facts } = yen.when(
      addInvoiceItem({
        price: { amount: money(1_000n, 'JPY') },
        own: ownInvoice(INVOICE, at('2026-01-05T00:00:00Z')),
        now: at('2026-01-05T00:00:00Z'),
      }),
    );
    expect(factIn(facts, 'InvoiceFinalized')?.totals).toMatchObject({
      total: money(1_000n, 'JPY'),
      walletApplied: money(333n, 'JPY'),
      due: money(667n, 'JPY'),
    });
  });

  it('pays no more than an invoice comes to where lines give something back', () => {
    const { facts } = subscribed
      .after(grantCredit(), addInvoiceItem({ price: { amount: usd(-40_00n) } }))
      .when(bill(100));
    expect(factIn(facts, 'InvoiceFinalized')?.totals).toMatchObject({ total: usd(30_00n), walletApplied: usd(30_00n) });
  });
});

describe('the life of a grant', () => {
  const MIDDLE = at('2026-01-11T00:00:00Z');
  const halved = subscribed.after(grantCredit({ expiresAt: MIDDLE }));
  /** 210 calls before it, and 100 after. */
  const known = [
    ...readings(210, { revision: 0, at: at('2026-01-05T12:00:00Z') }),
    ...readings(100, { revision: 1, at: MIDDLE }),
  ];
  const used = bill(0, { known });

  it('is what its invoice is used in: of calls, those that were made until it expires', () => {
    // 30.00 that are charged on 1 January, nothing of February, and 21.00 of 31.00.
    expect(drawsIn(halved.when(used).facts)).toEqual([[anId('grt'), 51_00n]]);
    expect(linesIn(halved.when(used).facts).find(({ kind }) => kind === 'usage')?.used).toEqual([
      { by: MIDDLE, amount: '21' },
      { by: FEBRUARY, amount: '31' },
    ]);
  });

  it('is found as the price is: what is free at first is free to whoever was first', () => {
    const price = {
      model: 'graduated',
      tiers: [
        { upTo: '110', unitAmount: '0' },
        { upTo: null, unitAmount: '0.1' },
      ],
    } as const;
    const tiered = aCatalog({ plans: [aPlan({ charges: [aUsageCharge({ price })] })] });
    const { facts } = walleted
      .after(createSubscription({ catalog: tiered }), grantCredit({ expiresAt: MIDDLE }))
      .when(bill(0, { catalog: tiered, known }));
    // 310 calls are 20.00: 100 of the first 210 are paid, and 100 after them.
    expect(drawsIn(facts)).toEqual([[anId('grt'), 10_00n]]);
  });

  it('has the even share of what is billed afterwards and used at no instant', () => {
    const arrears = aCatalog({
      plans: [aPlan({ charges: [aCharge({ timing: 'in_arrears', price: { model: 'flat', amount: '31' } })] })],
    });
    const { facts } = walleted
      .after(createSubscription({ catalog: arrears }), grantCredit({ expiresAt: MIDDLE }))
      .when(bill(0, { catalog: arrears }));
    // 10 of the 31 days of January.
    expect(drawsIn(facts)).toEqual([[anId('grt'), 10_00n]]);
  });

  it('holds what is left for what was used before and is not billed yet', () => {
    const expired = halved.after(expireGrant({ catalog, now: MIDDLE }));
    expect(factIn(halved.when(expireGrant({ catalog, now: MIDDLE })).facts, 'WalletGrantExpired')).toMatchObject({
      amount: usd(0n),
      held: usd(100_00n),
      timer: { key: `grant-expires:${anId('grt')}`, dueAt: '2026-01-12T00:00:00Z', generation: 2 },
    });
    expect(grantsOf(expired)).toEqual(['expired 10000 0']);
    expect(balanceOf(expired.state, WALLET).usable).toBe(0n);
    const billed = expired.after(used);
    expect(grantsOf(billed)).toEqual(['expired 4900 5100']);
    const { facts } = billed.when(expireGrant({ catalog, now: at('2026-02-02T00:00:00Z') }));
    expect(factIn(facts, 'WalletGrantExpired')).toMatchObject({ amount: usd(49_00n), held: usd(0n) });
    expect(transfersIn(facts)).toEqual([]);
  });

  it('holds what is left for items that wait, and looks ever more rarely', () => {
    const waiting = walleted.after(grantCredit({ expiresAt: MIDDLE }), addInvoiceItem());
    const looks = ['2026-01-11', '2026-01-12', '2026-01-14'].map((day) => at(`${day}T00:00:00Z`));
    const then = (count: number) => waiting.after(...looks.slice(0, count).map((now) => expireGrant({ now })));
    const dueAt = (count: number) =>
      factIn(then(count).when(expireGrant({ now: looks[count]! })).facts, 'WalletGrantExpired')?.timer?.dueAt;
    expect([dueAt(0), dueAt(1), dueAt(2)]).toEqual([...looks.slice(1), '2026-01-18T00:00:00Z']);
  });

  it('ends at the instant where nothing of before is to be billed, and what was bought is earned', () => {
    const bought = walleted.after(
      buyCredit({ expiresAt: MIDDLE }),
      receivePayment({ invoiceId: TOP_UP, amount: usd(100_00n), receivedOn: on('2026-01-05') }),
    );
    expect(onBook(bought, 'wallet')).toBe(100_00n);
    bought.when(expireGrant({ now: at('2026-01-10T23:59:59Z') })).thenNothing();
    const { facts, state } = bought.when(expireGrant({ now: MIDDLE }));
    expect(transfersIn(facts)).toEqual(['wallet breakage_revenue 10000']);
    expect([onBook({ state }, 'wallet'), onBook({ state }, 'breakage_revenue')]).toEqual([0n, 100_00n]);
    expect(drawsIn(bought.when(item(usd(1_00n), at('2026-01-10T23:59:59Z'))).facts)).toEqual([[anId('grt'), 1_00n]]);
    expect(drawsIn(bought.when(item(usd(1_00n), MIDDLE)).facts)).toEqual([]);
  });

  it('begins where it is said to: credit that is given later pays nothing of before', () => {
    const later = subscribed.after(grantCredit({ now: at('2026-01-16T12:00:00Z') }));
    // Fees of 1 January are not in it, nor calls before it; those of February are.
    expect(drawsIn(later.when(used).facts)).toEqual([[anId('grt'), 30_00n]]);
    const then = subscribed.after(grantCredit({ effectiveAt: MIDDLE }));
    expect(drawsIn(then.when(used).facts)).toEqual([[anId('grt'), 40_00n]]);
  });

  it('is one that may be', () => {
    const refused = (effectiveAt: string, expiresAt: string) =>
      walleted.when(grantCredit({ effectiveAt: at(effectiveAt), expiresAt: at(expiresAt) }));
    refused('2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z').thenRefused('invalid_grant_life', '/expiresAt');
    refused('2025-02-01T00:00:00Z', '2026-01-01T00:00:00Z').thenRefused('invalid_grant_life', '/expiresAt');
    refused('2066-02-01T00:00:00Z', '2067-02-01T00:00:00Z').thenRefused('invalid_grant_life', '/effectiveAt');
    refused('2026-02-01T00:00:00Z', '2067-02-01T00:00:00Z').thenRefused('invalid_grant_life', '/expiresAt');
  });
});

describe('credit that is bought', () => {
  const ordered = walleted.after(buyCredit());
  const paid = ordered.after(receivePayment({ invoiceId: TOP_UP, amount: usd(100_00n), receivedOn: on('2026-01-05') }));

  it('is owed by an invoice that is no revenue and bears no tax', () => {
    const { facts } = walleted.when(
      buyCredit({ topUp: { ...ownInvoice(TOP_UP), terms: { ...ownInvoice(TOP_UP).terms, tax: VAT } } }),
    );
    expect(facts.map(({ type }) => type)).toEqual([
      'WalletGranted',
      'InvoiceDrafted',
      'InvoiceLinesAdded',
      'InvoiceFinalized',
      'TransferPosted',
    ]);
    expect(factIn(facts, 'InvoiceLinesAdded')).toMatchObject({
      lines: [],
      topUp: {
        kind: 'wallet_top_up',
        walletId: WALLET,
        grantId: anId('grt'),
        description: 'Credit',
        amount: usd(100_00n),
      },
    });
    expect(factIn(facts, 'InvoiceFinalized')).toMatchObject({ totals: { tax: usd(0n), due: usd(100_00n) }, taxes: [] });
    expect(transfersIn(facts)).toEqual(['receivable wallet 10000']);
  });

  it('is sold at once where a service elsewhere says taxes, and nobody asks it', () => {
    const http: TaxTerms = { ...VAT, settings: { ...VAT.settings, provider: 'http' } };
    const topUp = { ...ownInvoice(TOP_UP), terms: { ...ownInvoice(TOP_UP).terms, tax: http } };
    const { facts } = walleted.when(buyCredit({ topUp }));
    expect(factIn(facts, 'InvoiceFinalized')).toMatchObject({ totals: { tax: usd(0n) }, taxes: [] });
    expect(factIn(facts, 'InvoiceFinalized')).not.toHaveProperty('taxation');
  });

  it('may be used once its invoice is paid, and no more where the payment comes back', () => {
    expect(grantsOf(ordered)).toEqual(['pending 10000 0']);
    expect(drawsIn(ordered.when(item()).facts)).toEqual([]);
    expect(drawsIn(paid.when(item()).facts)).toEqual([[anId('grt'), 50_00n]]);
    const bounced = paid.after(reversePayment());
    expect(grantsOf(bounced)).toEqual(['pending 10000 0']);
    expect(drawsIn(bounced.when(item()).facts)).toEqual([]);
  });

  it('may be used at once where that is said', () => {
    expect(drawsIn(walleted.after(buyCredit({ usableOn: 'issue' })).when(item()).facts)).toEqual([
      [anId('grt'), 50_00n],
    ]);
    walleted.when(grantCredit({ usableOn: 'issue' })).thenRefused('grant_not_bought', '/usableOn');
  });

  it('goes with its invoice, unless something of it was used', () => {
    const { facts, state } = ordered.when(voidInvoice({ invoiceId: TOP_UP }));
    expect(factIn(facts, 'WalletGrantVoided')).toMatchObject({ amount: usd(100_00n), bookedOn: '2026-02-10' });
    expect([grantsOf({ state }), onBook({ state }, 'wallet')]).toEqual([['void 0 0'], 0n]);
    walleted
      .after(buyCredit({ usableOn: 'issue' }), item())
      .when(voidInvoice({ invoiceId: TOP_UP }))
      .thenRefused('grant_already_used');
    ordered.when(voidGrant()).thenRefused('grant_is_bought');
    ordered.when(issueCreditNote([], { invoiceId: TOP_UP })).thenRefused('invoice_is_top_up');
  });

  it('takes back what it earned as it expired, where its invoice was never paid and is void', () => {
    const expired = walleted.after(buyCredit({ expiresAt: FEBRUARY }), expireGrant({ now: FEBRUARY }));
    expect(onBook(expired, 'breakage_revenue')).toBe(100_00n);
    const { state } = expired.when(voidInvoice({ invoiceId: TOP_UP }));
    expect([onBook({ state }, 'wallet'), onBook({ state }, 'breakage_revenue'), grantsOf({ state })]).toEqual([
      0n,
      0n,
      ['void 0 0'],
    ]);
  });

  it('is no loss as far as nobody used it, where its invoice is given up', () => {
    const used = walleted.after(buyCredit({ usableOn: 'issue' }), item(usd(40_00n)));
    const { facts, state } = used.when({
      type: 'MarkInvoiceUncollectible',
      invoiceId: TOP_UP,
      bookedOn: on('2026-02-10'),
    });
    expect(transfersIn(facts)).toEqual(['bad_debt receivable 10000', 'wallet bad_debt 6000']);
    expect([grantsOf({ state }), onBook({ state }, 'wallet')]).toEqual([['used_up 0 4000'], 0n]);
  });
});

describe('a credit note of an invoice that a wallet paid', () => {
  it('is credit of the customer, and gives nothing back to the wallet', () => {
    const credited = subscribed.after(grantCredit());
    const billed = linesIn(credited.when(bill(100)).facts);
    const { facts, state } = credited.after(bill(100)).when(issueCreditNote(billed));
    expect(factIn(facts, 'CustomerCreditAdded')?.amount).toEqual(usd(5_00n));
    expect(grantsOf({ state })).toEqual(['granted 3000 7000']);
  });
});

describe('an invoice that is void', () => {
  it('gives grants back what they paid', () => {
    const paid = subscribed.after(grantCredit({ amount: usd(50_00n) }), bill(100));
    expect(grantsOf(paid)).toEqual(['used_up 0 5000']);
    const { facts, state } = paid.when(voidInvoice({ catalog }));
    expect(factIn(facts, 'WalletReleased')).toEqual({
      invoiceId: INVOICE,
      amount: usd(50_00n),
      bookedOn: '2026-02-10',
      draws: [{ walletId: WALLET, grantId: anId('grt'), amount: usd(50_00n) }],
    });
    expect(grantsOf({ state })).toEqual(['granted 5000 0']);
    expect([onBook({ state }, 'receivable'), bookBalance(state.book, 'promotional_discount', 'USD')]).toEqual([0n, 0n]);
    const again = paid.after(voidInvoice({ catalog })).when(bill(100, { invoiceId: anId('inv', 2) }));
    expect(drawsIn(again.facts)).toEqual([[anId('grt'), 50_00n]]);
  });

  it('lets a grant that expired since pay its time once more, and lapse then', () => {
    const expired = walleted.after(
      createSubscription({ catalog }),
      grantCredit({ expiresAt: FEBRUARY }),
      bill(100),
      expireGrant({ catalog, now: FEBRUARY }),
    );
    // 30.00 for January, and 10.00 for its calls.
    expect(grantsOf(expired)).toEqual(['expired 0 4000']);
    const voided = expired.after(voidInvoice({ catalog }));
    expect(factIn(expired.when(voidInvoice({ catalog })).facts, 'WalletReleased')?.timers).toMatchObject([
      { key: `grant-expires:${anId('grt')}`, dueAt: '2026-02-10T12:00:00Z' },
    ]);
    const looked = voided.after(expireGrant({ catalog, now: at('2026-02-10T12:00:00Z') }));
    expect(grantsOf(looked)).toEqual(['expired 4000 0']);
    const again = looked.after(bill(100, { invoiceId: anId('inv', 2) }));
    expect(grantsOf(again)).toEqual(['expired 0 4000']);
    const givenUp = expired.after(voidInvoice({ catalog, billAgain: false }));
    const { state } = givenUp.when(expireGrant({ catalog, now: at('2026-02-10T12:00:00Z') }));
    expect(grantsOf({ state })).toEqual(['expired 0 0']);
  });
});

describe('a grant that was given', () => {
  it('is taken back as long as nobody used any of it', () => {
    const { facts, state } = walleted.after(grantCredit()).when(voidGrant());
    expect(facts).toMatchObject([{ type: 'WalletGrantVoided', data: { amount: usd(100_00n) } }]);
    expect(grantsOf({ state })).toEqual(['void 0 0']);
    walleted.after(grantCredit(), item()).when(voidGrant()).thenRefused('grant_already_used');
    walleted.when(voidGrant()).thenRefused('wallet_grant_not_found');
    walleted.after(grantCredit(), voidGrant()).when(voidGrant()).thenNothing();
  });

  it('is an amount of the wallet', () => {
    walleted.when(grantCredit({ amount: money(1n, 'EUR') })).thenRefused('currency_mismatch', '/amount/currency');
    walleted.when(grantCredit({ amount: usd(0n) })).thenRefused('amount_not_positive', '/amount/amount');
    walleted.when(grantCredit({ walletId: anId('wal', 2) })).thenRefused('wallet_not_found');
    walleted.after(grantCredit()).when(grantCredit()).thenNothing();
  });
});

describe('a wallet that closes', () => {
  const bought = walleted.after(
    buyCredit(),
    receivePayment({ invoiceId: TOP_UP, amount: usd(100_00n), receivedOn: on('2026-01-05') }),
    grantCredit({ grantId: anId('grt', 2), amount: usd(10_00n) }),
  );

  it('says what becomes of what is in it', () => {
    bought.when(closeWallet()).thenRefused('wallet_has_balance');
    expect(transfersIn(bought.when(closeWallet({ remainder: 'forfeit' })).facts)).toEqual([
      'wallet breakage_revenue 10000',
    ]);
    const { facts, state } = bought.when(closeWallet({ remainder: 'customer_credit' }));
    expect(transfersIn(facts)).toEqual(['wallet customer_credit 10000']);
    expect(facts).toContainEqual(
      including('CustomerCreditAdded', { amount: usd(100_00n), cause: { type: 'wallet_grant', id: anId('grt') } }),
    );
    expect([walletOf(state, WALLET).closedOn, onBook({ state }, 'wallet')]).toEqual(['2026-03-10', 0n]);
    walleted.when(closeWallet()).then(like('WalletClosed', { left: [], remainder: 'forfeit' }));
  });

  it('takes no grants, and has none that waits to be paid', () => {
    walleted
      .after(buyCredit())
      .when(closeWallet({ remainder: 'forfeit' }))
      .thenRefused('wallet_has_open_top_up');
    const closed = bought.after(closeWallet({ remainder: 'forfeit' }));
    closed.when(grantCredit({ grantId: anId('grt', 3) })).thenRefused('wallet_closed');
    closed.when(closeWallet()).thenNothing();
  });

  it('uses what a void invoice gives back, until it is closed again', () => {
    const first = bought.after(item()).when(closeWallet({ remainder: 'customer_credit' })).facts;
    const closed = bought.after(item(), closeWallet({ remainder: 'customer_credit' }), voidInvoice());
    expect(balanceOf(closed.state, WALLET).usable).toBe(50_00n);
    const { facts, state } = closed.when(closeWallet({ remainder: 'customer_credit' }));
    // Of the 50.00 that came back, 10.00 had been given.
    expect(transfersIn(facts)).toEqual(['wallet customer_credit 4000']);
    const ids = [...first, ...facts].flatMap(({ type, data }) => (type === 'TransferPosted' ? data.transferId : []));
    expect(new Set(ids).size).toBe(2);
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(100_00n);
  });

  it('pays out nothing of what has expired, though it was held', () => {
    const middle = at('2026-01-11T00:00:00Z');
    const held = subscribed.after(
      buyCredit({ expiresAt: middle }),
      receivePayment({ invoiceId: TOP_UP, amount: usd(100_00n), receivedOn: on('2026-01-05') }),
      expireGrant({ catalog, now: middle }),
    );
    expect(grantsOf(held)).toEqual(['expired 10000 0']);
    const { facts, state } = held.when(closeWallet({ remainder: 'customer_credit' }));
    expect(transfersIn(facts)).toEqual(['wallet breakage_revenue 10000']);
    expect(facts).not.toContainEqual(including('CustomerCreditAdded', {}));
    expect([onBook({ state }, 'wallet'), bookBalance(state.book, 'customer_credit', 'USD')]).toEqual([0n, 0n]);
  });

  it('goes before its account does', () => {
    walleted.when({ type: 'CloseAccount', unbilled: false }).thenRefused('account_has_open_wallets');
    walleted.after(closeWallet()).when({ type: 'CloseAccount', unbilled: false }).then(like('AccountClosed', {}));
  });
});

describe('credit that is given at turns', () => {
  const set = {
    type: 'SetGrantRecurrence',
    walletId: WALLET,
    recurrence: {
      kind: 'promotional',
      amount: usd(20_00n),
      interval: { unit: 'month', count: 1 },
      startAt: at('2026-01-31T00:00:00Z'),
      rollover: { maximum: usd(5_00n) },
    },
    now: at('2026-01-10T00:00:00Z'),
  } as const;
  const turn = (now: string) => ({ type: 'GrantAtTurn', walletId: WALLET, now: at(now) }) as const;
  const recurring = walleted.after(set);

  it('is given at each, and lives until the next', () => {
    expect(factIn(walleted.when(set).facts, 'WalletRecurrenceSet')?.timer).toEqual({
      key: `grant-recurs:${WALLET}`,
      dueAt: '2026-01-31T00:00:00Z',
      generation: 1,
    });
    recurring.when(turn('2026-01-30T00:00:00Z')).thenNothing();
    expect(factIn(recurring.when(turn('2026-01-31T00:00:00Z')).facts, 'WalletGranted')).toMatchObject({
      amount: usd(20_00n),
      effectiveAt: '2026-01-31T00:00:00Z',
      expiresAt: '2026-02-28T00:00:00Z',
      nextTurn: { dueAt: '2026-02-28T00:00:00Z', generation: 2 },
      rollover: { maximum: usd(5_00n), until: '2026-03-31T00:00:00Z' },
    });
    const once = recurring.after(turn('2026-01-31T00:00:00Z'));
    once.when(turn('2026-01-31T00:00:00Z')).thenNothing();
    expect(factIn(once.when(turn('2026-02-28T00:00:00Z')).facts, 'WalletGranted')).toMatchObject({
      effectiveAt: '2026-02-28T00:00:00Z',
      expiresAt: '2026-03-31T00:00:00Z',
    });
  });

  it('rolls over within its bounds, once', () => {
    const [first] = recurring.when(turn('2026-01-31T00:00:00Z')).facts;
    const { grantId } = (first as Extract<AccountFact, { type: 'WalletGranted' }>).data;
    // 12.00 are left at the turn, of which 5.00 live for one month more.
    const used = recurring.after(turn('2026-01-31T00:00:00Z'), item(usd(8_00n), FEBRUARY));
    const rolled = used.when(expireGrant({ grantId, now: at('2026-02-28T00:00:00Z') }));
    expect(rolled.facts).toMatchObject([
      { type: 'WalletGrantExpired', data: { grantId, amount: usd(12_00n), held: usd(0n) } },
      {
        type: 'WalletGranted',
        data: {
          amount: usd(5_00n),
          effectiveAt: '2026-02-28T00:00:00Z',
          expiresAt: '2026-03-31T00:00:00Z',
          rolledOverFrom: grantId,
        },
      },
    ]);
    expect(grantsOf(rolled)).toEqual(['expired 0 800', 'granted 500 0']);
    const [, over] = rolled.facts as Extract<AccountFact, { type: 'WalletGranted' }>[];
    const again = used
      .after(expireGrant({ grantId, now: at('2026-02-28T00:00:00Z') }))
      .when(expireGrant({ grantId: over!.data.grantId, now: at('2026-03-31T00:00:00Z') }));
    expect(again.facts).toMatchObject([{ type: 'WalletGrantExpired', data: { amount: usd(5_00n) } }]);
  });

  it('comes no more once that is said', () => {
    const ended = recurring.after({ ...set, recurrence: null });
    ended.when(turn('2026-01-31T00:00:00Z')).thenNothing();
    ended.when({ ...set, recurrence: null }).thenNothing();
    const refused = (change: object) => walleted.when({ ...set, recurrence: { ...set.recurrence, ...change } });
    refused({ startAt: at('2024-01-31T00:00:00Z') }).thenRefused('date_too_long_ago', '/startAt');
    refused({ rollover: { minimum: usd(2n), maximum: usd(1n) } }).thenRefused('invalid_rollover', '/rollover/minimum');
    refused({ rollover: { maximum: usd(10n ** 24n + 1n) } }).thenRefused('invalid_amount', '/rollover/maximum/amount');
    refused({ rollover: { maximum: usd(-1n) } }).thenRefused('amount_not_positive', '/rollover/maximum/amount');
    refused({ rollover: { maximum: money(1n, 'EUR') } }).thenRefused('currency_mismatch', '/rollover/maximum/currency');
  });
});

describe('a wallet that is recharged', () => {
  const recharge = { below: usd(20_00n), to: usd(100_00n), monthlyCap: usd(150_00n), usableOn: 'payment' } as const;
  const set = { type: 'SetWalletRecharge', walletId: WALLET, recharge, now: at('2026-01-10T00:00:00Z') } as const;
  const order = (invoice: number, now = FEBRUARY) =>
    ({ type: 'RechargeWallet', walletId: WALLET, topUp: ownInvoice(anId('inv', invoice), now) }) as const;
  const filled = walleted.after(grantCredit({ amount: usd(60_00n) }), set);

  it('asks for it when what invoices use brings it below the level, and once', () => {
    expect(factIn(filled.when(item(usd(40_00n))).facts, 'WalletRechargeDue')).toBeUndefined();
    expect(factIn(filled.when(item(usd(40_01n))).facts, 'WalletRechargeDue')).toEqual({
      walletId: WALLET,
      balance: usd(19_99n),
      timer: { key: `recharge:${WALLET}`, dueAt: FEBRUARY, generation: 1 },
    });
    expect(factIn(walleted.when(set).facts, 'WalletRechargeDue')?.balance).toEqual(usd(0n));
    const due = filled.after(item(usd(40_01n)));
    expect(factIn(due.when(item(usd(1_00n), FEBRUARY, 2)).facts, 'WalletRechargeDue')).toBeUndefined();
  });

  it('asks for it also as an invoice finds nothing in it, and when what was used before it was paid is paid', () => {
    const emptied = walleted.after(
      { ...set, recharge: { ...recharge, usableOn: 'issue' } },
      order(91),
      item(usd(100_00n), FEBRUARY, 2),
    );
    // What was bought is owed.
    expect(factIn(emptied.when(item(usd(1_00n), FEBRUARY, 3)).facts, 'WalletRechargeDue')).toBeUndefined();
    const paid = receivePayment({ invoiceId: anId('inv', 91), amount: usd(100_00n), receivedOn: on('2026-02-01') });
    expect(factIn(emptied.when(paid).facts, 'WalletRechargeDue')?.balance).toEqual(usd(0n));
    const voided = walleted.after(set, order(91), voidInvoice({ invoiceId: anId('inv', 91) }));
    expect(factIn(voided.when(item(usd(1_00n), FEBRUARY, 3)).facts, 'WalletRechargeDue')?.balance).toEqual(usd(0n));
  });

  it('orders one top-up that reaches the other level, and no second one while that is on the way', () => {
    const low = filled.after(item(usd(45_00n)));
    const { facts } = low.when(order(91));
    expect(factIn(facts, 'WalletGranted')).toMatchObject({
      kind: 'paid',
      amount: usd(85_00n),
      topUp: { invoiceId: anId('inv', 91), usableOn: 'payment', recharge: true },
    });
    expect(transfersIn(facts)).toEqual(['receivable wallet 8500']);
    const ordered = low.after(order(91));
    ordered.when(order(92)).thenNothing();
    expect(factIn(ordered.when(item(usd(15_00n), FEBRUARY, 2)).facts, 'WalletRechargeDue')).toBeUndefined();
    filled.when(order(91)).thenNothing();
  });

  it('orders no more in a month than the cap, and looks again in the next', () => {
    const settle = (invoice: number, minor: bigint) =>
      receivePayment({
        paymentId: anId('pay', invoice),
        invoiceId: anId('inv', invoice),
        amount: usd(minor),
        receivedOn: on('2026-02-01'),
      });
    const low = walleted.after(set, order(91), settle(91, 100_00n), item(usd(90_00n), FEBRUARY, 2));
    // 50.00 of the cap are left, though 90.00 are wanted.
    expect(factIn(low.when(order(92)).facts, 'WalletGranted')?.amount).toEqual(usd(50_00n));
    const spent = low.after(order(92), settle(92, 50_00n), item(usd(60_00n), FEBRUARY, 3));
    spent.when(order(93)).then({
      type: 'WalletRechargePutOff',
      data: {
        walletId: WALLET,
        balance: usd(0n),
        ordered: usd(150_00n),
        timer: { key: `recharge:${WALLET}`, dueAt: MARCH, generation: 4 },
      },
    });
    expect(factIn(spent.when(order(93, MARCH)).facts, 'WalletGranted')?.amount).toEqual(usd(100_00n));
  });

  it('looks again where a top-up is paid by credit of the customer', () => {
    const emptied = walleted.after(
      { ...set, recharge: { ...recharge, usableOn: 'issue' } },
      order(91),
      item(usd(100_00n), FEBRUARY, 2),
    );
    const credited = emptied.after(receivePayment({ amount: usd(100_00n), allocate: 'none' }));
    const { facts } = credited.when(applyCredit());
    expect(facts).toContainEqual(including('InvoicePaid', { invoiceId: anId('inv', 91) }));
    expect(factIn(facts, 'WalletRechargeDue')).toMatchObject({
      balance: usd(0n),
      timer: { dueAt: '2026-02-10T12:00:00Z' },
    });
    // By a credit note of another invoice, too, and by a wallet that closes, which is asked of no more.
    const [closing, other] = [anId('wal', 2), usd(100_00n)];
    const closes = walleted
      .after(
        { ...set, recharge: { ...recharge, below: usd(100_01n), to: usd(200_00n) } },
        buyCredit(),
        receivePayment({ invoiceId: TOP_UP, amount: usd(100_00n), receivedOn: on('2026-01-05') }),
        openWallet({ walletId: closing }),
        buyCredit({ walletId: closing, grantId: anId('grt', 2), amount: other, topUp: ownInvoice(anId('inv', 92)) }),
      )
      .when(closeWallet({ remainder: 'customer_credit' }));
    expect(closes.facts).toContainEqual(including('InvoicePaid', { invoiceId: anId('inv', 92) }));
    expect(factIn(closes.facts, 'WalletRechargeDue')).toBeUndefined();
  });

  it('looks again where credit paid a top-up as it was issued, and the cap had made that too small', () => {
    const capped = { ...recharge, monthlyCap: usd(10_00n) };
    const low = walleted.after(receivePayment({ amount: usd(500_00n), allocate: 'oldest_due' }), {
      ...set,
      recharge: capped,
    });
    const { facts } = low.when(order(91));
    expect(factIn(facts, 'WalletGranted')?.amount).toEqual(usd(10_00n));
    expect(factIn(facts, 'WalletRechargeDue')).toMatchObject({ balance: usd(10_00n), timer: { generation: 2 } });
    expect(factIn(low.after(order(91)).when(order(92)).facts, 'WalletRechargePutOff')).toMatchObject({
      ordered: usd(10_00n),
      timer: { dueAt: MARCH, generation: 3 },
    });
    // What reaches the level is enough.
    const whole = walleted.after(receivePayment({ amount: usd(500_00n), allocate: 'oldest_due' }), set).when(order(91));
    expect(factIn(whole.facts, 'InvoicePaid')).toMatchObject({ invoiceId: anId('inv', 91) });
    expect(factIn(whole.facts, 'WalletRechargeDue')).toBeUndefined();
  });

  it('looks again where a grant is taken back, and at what rolls over as another ends', () => {
    expect(factIn(filled.when(voidGrant()).facts, 'WalletRechargeDue')?.balance).toEqual(usd(0n));
    const enough = filled.after(grantCredit({ grantId: anId('grt', 2) }));
    expect(factIn(enough.when(voidGrant()).facts, 'WalletRechargeDue')).toBeUndefined();
    const recurring = walleted.after(
      {
        type: 'SetGrantRecurrence',
        walletId: WALLET,
        recurrence: {
          kind: 'promotional',
          amount: usd(30_00n),
          interval: { unit: 'month', count: 1 },
          startAt: FEBRUARY,
          rollover: { maximum: usd(20_00n) },
        },
        now: FEBRUARY,
      },
      { type: 'GrantAtTurn', walletId: WALLET, now: FEBRUARY },
      set,
    );
    const [grantId] = [...recurring.state.grants.keys()];
    expect(factIn(recurring.when(expireGrant({ grantId: grantId!, now: MARCH })).facts, 'WalletRechargeDue')).toBe(
      undefined,
    );
  });

  it('orders nothing for a wallet that is full, and looks again a day later', () => {
    const grants = Array.from({ length: 200 }, (_, index) =>
      grantCredit({ grantId: anId('grt', index + 1), amount: usd(1n) }),
    );
    const full = walleted.after(...grants, set);
    full.when(grantCredit({ grantId: anId('grt', 201) })).thenRefused('too_many_grants');
    full.when(order(91)).then({
      type: 'WalletRechargePutOff',
      data: {
        walletId: WALLET,
        balance: usd(2_00n),
        ordered: usd(0n),
        full: true,
        timer: { key: `recharge:${WALLET}`, dueAt: at('2026-02-02T00:00:00Z'), generation: 2 },
      },
    });
    const room = full.after(order(91), item(usd(1n)));
    expect(factIn(room.when(order(92)).facts, 'WalletGranted')?.amount).toEqual(usd(98_01n));
  });

  it('is not low for what an invoice uses of a grant that has expired, and is in no balance', () => {
    const middle = at('2026-01-11T00:00:00Z');
    const held = subscribed.after(
      grantCredit({ expiresAt: middle }),
      grantCredit({ grantId: anId('grt', 2), amount: usd(60_00n) }),
      set,
      expireGrant({ catalog, now: middle }),
    );
    // 60.00 for January and February, and 31.00 for calls: 51.00 of what is held, and 40.00 of the 60.00.
    const calls = [
      ...readings(210, { revision: 0, at: at('2026-01-05T12:00:00Z') }),
      ...readings(100, { revision: 1, at: middle }),
    ];
    const { facts, state } = held.when(bill(0, { known: calls }));
    expect(drawsIn(facts)).toEqual([
      [anId('grt'), 51_00n],
      [anId('grt', 2), 40_00n],
    ]);
    expect(balanceOf(state, WALLET).usable).toBe(20_00n);
    expect(factIn(facts, 'WalletRechargeDue')).toBeUndefined();
  });

  it('asks for it anew where whoever saw to it found something on the way that came to nothing', () => {
    const paid = (payment: number) =>
      receivePayment({
        paymentId: anId('pay', payment),
        invoiceId: TOP_UP,
        amount: usd(100_00n),
        receivedOn: on('2026-02-01'),
        now: FEBRUARY,
      });
    const low = walleted.after(buyCredit(), paid(1), set, item(usd(90_00n)));
    const reversed = low.after(reversePayment({ paymentId: anId('pay', 1), bookedOn: on('2026-02-01') }));
    reversed.when(order(91)).thenNothing();
    const again = reversed.after(order(91), paid(2));
    expect(factIn(again.when(item(usd(1_00n), MARCH, 2)).facts, 'WalletRechargeDue')).toMatchObject({
      balance: usd(9_00n),
      timer: { dueAt: MARCH, generation: 2 },
    });
  });

  it('is one that can be', () => {
    const refused = (change: object) => walleted.when({ ...set, recharge: { ...recharge, ...change } });
    refused({ to: usd(10_00n) }).thenRefused('invalid_recharge', '/to/amount');
    refused({ below: money(1n, 'EUR') }).thenRefused('currency_mismatch', '/below/currency');
    refused({ monthlyCap: usd(0n) }).thenRefused('amount_not_positive', '/monthlyCap/amount');
    refused({ to: usd(10n ** 24n + 1n) }).thenRefused('invalid_amount', '/to/amount');
    filled.when(set).thenNothing();
    filled
      .after({ ...set, recharge: null }, item(usd(50_00n)))
      .when(order(91))
      .thenNothing();
  });
});
