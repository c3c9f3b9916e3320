import {
  aCatalog,
  aCharge,
  aMeter,
  anAccount,
  anId,
  aPlan,
  aPolicy,
  at,
  aUsageCharge,
  billAccount,
  changePlan,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  like,
  linesIn,
  readings,
  SUBSCRIPTION,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const OTHER = anId('sub', 2);
const NOTHING = aCharge({ price: { model: 'flat', amount: '0' } });
const FIVE_FREE = {
  model: 'graduated',
  tiers: [
    { upTo: '5', unitAmount: '0' },
    { upTo: null, unitAmount: '1' },
  ],
} as const;

const catalog = aCatalog({
  meters: [aMeter()],
  plans: [
    aPlan({ key: 'free', charges: [NOTHING, aUsageCharge()] }),
    aPlan({ key: 'shown', zeroInvoices: 'issue', charges: [NOTHING] }),
    aPlan({ key: 'hidden', zeroInvoices: 'skip', charges: [NOTHING] }),
    aPlan({ key: 'bundle', charges: [aUsageCharge({ price: FIVE_FREE })] }),
    aPlan({ key: 'pro', charges: [aCharge(), aUsageCharge()] }),
  ],
});
const day = (text: string) => at(`2026-${text}T00:00:00Z`);
const SKIP = aPolicy({ zeroInvoices: 'skip' });
const SKIP_AFTER_GRACE = { ...GRACE, zeroInvoices: 'skip' } as const;
let invoices = 1;
const bill = (through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, billThrough: day(through), invoiceId: anId('inv', ++invoices), policy: SKIP, ...parts });
const scheduleOf = ({ state }: AccountGiven) => state.subscriptions.get(SUBSCRIPTION)!.schedule;
const typesOf = (facts: readonly { readonly type: string }[]) => facts.map(({ type }) => type);
const amounts = (from: AccountGiven, through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill(through, parts)).facts).map(({ charge, amount }) => `${charge} ${amount.minor}`);

const begun = given(anAccount()).after(createSubscription({ catalog, plan: 'free', now: day('06-01') }));

describe('where every line of an invoice is nothing', () => {
  it('none is made, and billing goes on', () => {
    begun.when(bill('06-01')).then(like('BillingAdvanced', { unissued: [{ charge: 'base', amount: { minor: 0n } }] }));
    const billed = begun.after(bill('06-01'));
    expect(billed.state.invoices.size).toBe(0);
    expect(scheduleOf(billed)).toMatchObject({ nextBillAt: day('07-01'), timer: { dueAt: day('07-01') } });
    billed.when(bill('06-01')).thenNothing();
    expect(amounts(billed, '07-01', { known: readings(3, { at: day('06-05') }) })).toEqual(['base 0', 'calls 30']);
  });

  it('what comes late of it is billed as the difference', () => {
    const over = begun.after(bill('07-01'));
    expect(over.state.invoices.size).toBe(0);
    expect(amounts(over, '07-02', { known: readings(4, { at: day('06-05') }) })).toEqual(['calls 40']);
    const changed = over.after(changePlan({ catalog, plan: 'pro', now: day('07-16') }));
    expect(amounts(changed, '07-16')).toEqual(['base 1548']);
  });

  it('what stays within free units is remembered, and goes beyond them with what comes late', () => {
    const within = given(anAccount()).after(createSubscription({ catalog, plan: 'bundle', now: day('06-01') }));
    const four = readings(4, { at: day('06-05') });
    const skipped = within.after(bill('07-01', { known: four }));
    expect(skipped.state.invoices.size).toBe(0);
    const again = { known: four, arrivals: [{ event: 'llm_request', day: '2026-06-05' }] };
    expect(typesOf(skipped.when(bill('07-02', again)).facts)).toEqual([]);
    const five = [...four, ...readings(1, { revision: 1, at: day('06-06') })];
    const more = skipped.after(bill('07-02', { known: five }));
    expect(more.state.invoices.size).toBe(0);
    const seven = [...five, ...readings(2, { revision: 2, at: day('06-07') })];
    const { facts } = more.when(bill('07-03', { known: seven }));
    expect(linesIn(facts)).toMatchObject([
      { kind: 'late_usage', quantity: '2', quantityBilledBefore: '5', amount: { minor: 200n } },
    ]);
    expect(typesOf(more.when(bill('08-01', { known: five })).facts)).toEqual(['BillingAdvanced']);
  });

  it('what is taken back of it is, too', () => {
    const used = given(anAccount()).after(
      createSubscription({ catalog, plan: 'bundle', now: day('06-01') }),
      bill('07-01', { known: readings(6, { at: day('06-05') }) }),
    );
    expect(used.state.invoices.size).toBe(1);
    expect(amounts(used, '07-02', { known: readings(5, { revision: 6, at: day('06-05') }) })).toEqual(['calls -100']);
  });

  it('one is made where the tenant wants it', () => {
    const { facts, state } = begun.when(bill('06-01', { policy: aPolicy() }));
    expect(typesOf(facts)).toEqual([
      'InvoiceDrafted',
      'InvoiceLinesAdded',
      'InvoiceFinalized',
      'InvoicePaid',
      'BillingAdvanced',
    ]);
    expect([...state.invoices.values()]).toMatchObject([{ status: 'paid' }]);
  });

  it('a plan says so in place of its tenant', () => {
    const on = (plan: string) => given(anAccount()).after(createSubscription({ catalog, plan, now: day('06-01') }));
    expect(on('shown').after(bill('06-01')).state.invoices.size).toBe(1);
    expect(on('hidden').after(bill('06-01', { policy: aPolicy() })).state.invoices.size).toBe(0);
    const both = on('free').after(
      createSubscription({ catalog, plan: 'shown', subscriptionId: OTHER, now: day('06-01') }),
    );
    expect(amounts(both, '06-01')).toEqual(['base 0', 'base 0']);
  });

  it('no draft waits where no late usage can make it anything', () => {
    begun.when(bill('06-01', { policy: SKIP_AFTER_GRACE })).then(like('BillingAdvanced'));
  });

  it('a draft waits for late usage, and is given up if none comes', () => {
    const drafted = begun.after(bill('07-01', { policy: SKIP_AFTER_GRACE }));
    const over = { policy: SKIP_AFTER_GRACE, graceOver: true };
    expect(typesOf(drafted.when(bill('07-02', over)).facts)).toEqual(['InvoiceVoided', 'BillingAdvanced']);
    const known = readings(2, { at: day('06-20') });
    expect(typesOf(drafted.when(bill('07-02', { ...over, known })).facts)).toContain('InvoiceFinalized');
    const [id] = drafted.state.invoices.keys();
    expect(typesOf(drafted.when(finalizeInvoice({ catalog, invoiceId: id! })).facts)).toContain('InvoiceFinalized');
  });

  it('but not where lines only sum to nothing', () => {
    const pro = given(anAccount()).after(
      createSubscription({ catalog, plan: 'pro', now: day('06-01') }),
      bill('06-01'),
    );
    const both = pro.after(changePlan({ catalog, plan: 'free', now: day('06-16') }), bill('06-16'));
    expect(both.state.invoices.size).toBe(2);
  });
});
