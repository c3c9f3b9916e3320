import {
  aCatalog,
  aCharge,
  ACCOUNT,
  aMeter,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  booked,
  createSubscription,
  givenFor,
  INVOICE,
  like,
  linesIn,
  on,
  readings,
  sealed,
  SERIES,
  SUBSCRIPTION,
  TENANT,
  totalIn,
  transfersIn,
  usd,
} from '#testing';
import { USAGE_SHARDS_DEFAULT, usageStream } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { AccountCommand } from '../account/account.decider.js';
import { StaleFacts } from './stale-facts.js';

const given = givenFor(accountDecider);

const FEBRUARY = at('2026-02-01T00:00:00Z');
const subscribed = given(anAccount()).after(createSubscription());
const cut = { [usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT)]: -1 };

describe('billing an account', () => {
  it('drafts, issues, books and advances in one append', () => {
    subscribed.when(billAccount({ runId: anId('run') })).then(
      {
        type: 'InvoiceDrafted',
        data: {
          invoiceId: INVOICE,
          kind: 'cycle',
          currency: 'USD',
          runId: anId('run'),
          billThrough: '2026-01-01T00:00:00Z',
          cuts: cut,
          period: { start: '2026-01-01T00:00:00Z', end: FEBRUARY },
          draftRevision: 1,
          chunks: 1,
        },
      },
      {
        type: 'InvoiceLinesAdded',
        data: {
          invoiceId: INVOICE,
          draftRevision: 1,
          chunk: 1,
          chunks: 1,
          lines: [
            {
              lineId: expect.stringMatching(/^lin_/),
              kind: 'recurring',
              subscriptionId: SUBSCRIPTION,
              charge: 'base',
              description: 'Base fee',
              plan: 'standard',
              planVersion: 1,
              raterVersion: 3,
              timing: 'in_advance',
              period: { start: '2026-01-01', end: '2026-02-01' },
              service: {
                start: '2026-01-01T00:00:00Z',
                end: FEBRUARY,
                localStart: '2026-01-01',
                localEnd: '2026-02-01',
                timeZone: 'UTC',
              },
              priorLines: [],
              quantity: '1',
              quantityBilledBefore: '0',
              steps: [{ flat: '30', amount: '30' }],
              exactCumulative: '30',
              rounding: 'half_up',
              roundedCumulative: usd(30_00n),
              billedBefore: usd(0n),
              amount: usd(30_00n),
              recognition: { method: 'straight_line', start: '2026-01-01T00:00:00Z', end: FEBRUARY },
            },
          ],
        },
      },
      {
        type: 'InvoiceFinalized',
        data: {
          invoiceId: INVOICE,
          draftRevision: 1,
          totals: { subtotal: usd(30_00n), tax: usd(0n), total: usd(30_00n), creditApplied: usd(0n), due: usd(30_00n) },
          taxes: [],
          revenue: { deferred: [{ month: '2026-01', amount: usd(30_00n) }], earned: [] },
          linesDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
          issueDate: '2026-01-01',
          dueOn: '2026-01-31',
          seriesId: SERIES,
          seller: { name: 'Acme' },
          timeZone: 'UTC',
          personal: sealed('bill-to'),
          timer: { key: `overdue:${INVOICE}`, dueAt: FEBRUARY, generation: 1 },
        },
      },
      {
        type: 'TransferPosted',
        data: {
          transferId: expect.stringMatching(/^tfr_/),
          debit: 'receivable',
          credit: 'deferred_revenue',
          amount: usd(30_00n),
          bookedOn: '2026-01-01',
          cause: { type: 'invoice', id: INVOICE },
          rule: 'invoice_finalized',
        },
      },
      {
        type: 'BillingAdvanced',
        data: {
          invoiceId: INVOICE,
          billedThrough: '2026-01-01T00:00:00Z',
          cuts: cut,
          subscriptions: [
            {
              subscriptionId: SUBSCRIPTION,
              through: { base: FEBRUARY },
              schedule: {
                nextBillAt: FEBRUARY,
                timer: { key: `bill:${SUBSCRIPTION}`, dueAt: FEBRUARY, generation: 2 },
              },
            },
          ],
        },
      },
    );
  });

  it('again, up to the same instant, does nothing, whatever it is asked for', () => {
    const billed = subscribed.after(billAccount());
    billed.when(billAccount()).thenNothing();
    billed.when(billAccount({ invoiceId: anId('inv', 2) })).thenNothing();
    billed.when(billAccount({ invoiceId: anId('inv', 2), billThrough: at('2026-01-31T23:59:59Z') })).thenNothing();
  });

  it('never makes a second invoice of one id', () => {
    subscribed
      .after(billAccount())
      .when(billAccount({ billThrough: FEBRUARY }))
      .thenNothing();
  });

  it('does nothing where nothing is due', () => {
    given(anAccount()).when(billAccount()).thenNothing();
    subscribed.when(billAccount({ billThrough: at('2025-12-31T23:59:59Z') })).thenNothing();
    given(anAccount())
      .after(createSubscription({ activation: 'manual' }))
      .when(billAccount({ billThrough: FEBRUARY }))
      .thenNothing();
  });

  it('needs an account that is open', () => {
    given().when(billAccount()).thenRefused('account_not_found');
    const close: AccountCommand = { type: 'CloseAccount', unbilled: false };
    given(anAccount()).after(close).when(billAccount()).thenRefused('account_closed');
  });

  it('catches up with all periods that are due, a line for each', () => {
    const { facts } = subscribed.when(billAccount({ now: at('2026-03-15T00:00:00Z') }));
    expect(linesIn(facts).map(({ period }) => period.start)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(totalIn(facts)).toBe(90_00n);
  });

  it('bills what has no charges due in arrears before its time', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge({ timing: 'in_arrears' })] })] });
    const arrears = given(anAccount()).after(createSubscription({ catalog }));
    arrears.when(billAccount({ catalog, billThrough: at('2026-01-31T23:59:59Z') })).thenNothing();
    arrears
      .when(billAccount({ catalog, billThrough: FEBRUARY }))
      .then(
        like('InvoiceDrafted'),
        like('InvoiceLinesAdded'),
        like('InvoiceFinalized', { totals: { total: usd(30_00n) } }),
        booked('receivable', 'revenue', usd(30_00n)),
        like('BillingAdvanced', { billedThrough: FEBRUARY }),
      );
  });
});

describe('an invoice', () => {
  const charges = [
    aCharge(),
    aCharge({ key: 'setup', kind: 'one_time', price: { model: 'flat', amount: '99.995' } }),
    aCharge({ key: 'yearly', interval: { unit: 'year', count: 1 }, price: { model: 'flat', amount: '120' } }),
    aUsageCharge({
      price: {
        model: 'graduated',
        tiers: [
          { upTo: '2', unitAmount: '1' },
          { upTo: null, unitAmount: '0.5' },
        ],
      },
    }),
  ];
  const catalog = aCatalog({ plans: [aPlan({ charges })] });
  const rich = given(anAccount()).after(createSubscription({ catalog }));

  it('bills each charge in its own interval and time', () => {
    const billed = (invoice: number, billThrough: string, from = rich) =>
      billedIn(
        from.when(
          billAccount({ catalog, invoiceId: anId('inv', invoice), billThrough: at(billThrough), known: readings(3) }),
        ).facts,
      );
    const first = rich.after(billAccount({ catalog }));
    expect(billed(1, '2026-01-01T00:00:00Z')).toEqual([
      'base recurring 3000',
      'setup one_time 10000',
      'yearly recurring 12000',
    ]);
    expect(billed(2, '2026-02-01T00:00:00Z', first)).toEqual(['base recurring 3000', 'calls usage 250']);
    expect(billed(2, '2026-03-01T00:00:00Z', first)).toEqual([
      'base recurring 3000',
      'base recurring 3000',
      'calls usage 250',
      'calls usage 0',
    ]);
  });

  it('books what is earned, and defers what is not delivered', () => {
    const { facts } = rich.when(billAccount({ catalog, billThrough: FEBRUARY, known: readings(3) }));
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 18000', 'receivable revenue 10250']);
  });

  it('shows how usage was counted and priced', () => {
    const { facts } = rich.when(billAccount({ catalog, billThrough: FEBRUARY, known: readings(3, { revision: 4 }) }));
    expect(linesIn(facts).find(({ kind }) => kind === 'usage')).toMatchObject({
      quantity: '3',
      quantityBilledBefore: '0',
      exactCumulative: '2.5',
      amount: usd(2_50n),
      steps: [
        { tier: 1, quantity: '2', unitAmount: '1', amount: '2' },
        { tier: 2, quantity: '1', unitAmount: '0.5', amount: '0.5' },
      ],
      inputs: { cut: 4, count: 3, digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
      recognition: { method: 'immediate' },
    });
  });

  it('rounds each line once, as its price says', () => {
    const priced = (amount: string, rounding?: 'half_even') =>
      aCharge({ key: `${amount}-${rounding}`, price: { model: 'flat', amount, ...(rounding ? { rounding } : {}) } });
    const rounding = [priced('0.005'), priced('0.005', 'half_even'), priced('0.015', 'half_even'), priced('0.0049')];
    const own = aCatalog({ plans: [aPlan({ charges: rounding })] });
    const { facts } = given(anAccount())
      .after(createSubscription({ catalog: own }))
      .when(billAccount({ catalog: own }));
    expect(linesIn(facts).map(({ amount, rounding: mode }) => [amount.minor, mode])).toEqual([
      [1n, 'half_up'],
      [0n, 'half_even'],
      [2n, 'half_even'],
      [0n, 'half_up'],
    ]);
    expect(totalIn(facts)).toBe(3n);
  });

  it('of nothing is made, and paid at once', () => {
    const own = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
    given(anAccount())
      .after(createSubscription({ catalog: own }))
      .when(billAccount({ catalog: own, billThrough: FEBRUARY }))
      .then(
        like('InvoiceDrafted'),
        like('InvoiceLinesAdded', { lines: [{ quantity: '0', amount: usd(0n), inputs: { cut: -1, count: 0 } }] }),
        like('InvoiceFinalized', { totals: { due: usd(0n) } }),
        { type: 'InvoicePaid', data: { invoiceId: INVOICE, paidOn: '2026-02-01' } },
        like('BillingAdvanced'),
      );
  });

  it('is due after the account’s net terms, and overdue after that day in the zone of the books', () => {
    given(anAccount({ netTermsDays: 2 }))
      .after(createSubscription())
      .when(billAccount({ issueDate: on('2026-01-01'), timeZone: 'America/New_York' }))
      .then(
        like('InvoiceDrafted'),
        like('InvoiceLinesAdded'),
        like('InvoiceFinalized', { dueOn: '2026-01-03', timer: { dueAt: '2026-01-04T05:00:00Z' } }),
        like('TransferPosted', { bookedOn: '2026-01-01' }),
        like('BillingAdvanced'),
      );
  });
});

describe('the timer that bills', () => {
  const timer = (generation: number, number = 1) => ({ subscriptionId: anId('sub', number), generation });

  it('bills as long as it is the latest one', () => {
    subscribed
      .when(billAccount({ timer: timer(1) }))
      .then(
        like('InvoiceDrafted'),
        like('InvoiceLinesAdded'),
        like('InvoiceFinalized'),
        like('TransferPosted'),
        like('BillingAdvanced', { subscriptions: [{ schedule: { timer: { generation: 2 } } }] }),
      );
  });

  it.each([timer(0), timer(2), timer(1, 2)])('does nothing if it is another one: %j', (stale) => {
    subscribed.when(billAccount({ timer: stale })).thenNothing();
  });

  it('does nothing once billing has moved on', () => {
    subscribed
      .after(billAccount())
      .when(billAccount({ billThrough: FEBRUARY, timer: timer(1), invoiceId: anId('inv', 2) }))
      .thenNothing();
  });

  const lateOn = { billThrough: at('2026-01-01T00:00:00Z'), now: at('2026-03-15T00:00:00Z') };

  it('stands at what falls due next, even if that has passed', () => {
    const { state } = subscribed.when(billAccount(lateOn));
    expect(state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({
      nextBillAt: FEBRUARY,
      timer: { dueAt: FEBRUARY },
    });
  });

  it('leaves out what was back-dated, however much of it was caught up', () => {
    const { state } = given(anAccount())
      .after(createSubscription({ startAt: at('2025-12-01T00:00:00Z'), now: lateOn.now }))
      .when(billAccount(lateOn));
    expect(state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({
      nextBillAt: FEBRUARY,
      timer: { dueAt: '2026-04-01T00:00:00Z' },
    });
  });
});

describe('what billing was told', () => {
  const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
  const metered = given(anAccount()).after(createSubscription({ catalog }));

  it('is gathered again if usage was measured before the last cut', () => {
    const billed = metered.after(billAccount({ catalog, billThrough: FEBRUARY, known: readings(1, { revision: 5 }) }));
    billed
      .when(billAccount({ catalog, billThrough: at('2026-03-01T00:00:00Z'), known: readings(1, { revision: 4 }) }))
      .thenThrows(StaleFacts);
  });

  it('is gathered again if something fell due that was not measured', () => {
    const nothing = { stream: usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT), cut: -1, byKey: new Map() };
    metered.when(billAccount({ catalog, billThrough: FEBRUARY, usage: nothing })).thenThrows(StaleFacts);
  });

  it('may be more than is due', () => {
    const known = readings(2, { event: 'token' });
    metered
      .when(
        billAccount({
          catalog: aCatalog({
            plans: [aPlan({ charges: [aUsageCharge()] })],
            meters: [aMeter(), aMeter({ key: 'tokens', eventName: 'token' })],
          }),
          known,
        }),
      )
      .thenNothing();
  });
});
