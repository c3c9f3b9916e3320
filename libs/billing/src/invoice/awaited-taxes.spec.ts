import type { Fact, TaxSettings } from '#contracts';
import type { InvoiceId } from '#kernel';
import {
  aCatalog,
  addInvoiceItem,
  anAccount,
  anId,
  at,
  billAccount,
  createSubscription,
  discountDraft,
  finalizeInvoice,
  givenFor,
  GRACE,
  INVOICE,
  on,
  ownInvoice,
  transfersIn,
  usd,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { Account } from '../account/account.state.js';
import { estimatedTax, type TaxQuote, type TaxTerms } from '../tax/tax-terms.js';
import type { TreatedRate } from '../tax/tax-treatment.js';
import { taxedInvoice } from './invoice-tax.js';
import { draftLines, invoiceOf } from './invoice.js';
import { linesDigest } from './line-chunks.js';
import { StaleFacts } from './stale-facts.js';

const given = givenFor(accountDecider);
const settings: TaxSettings = {
  provider: 'http',
  country: 'US',
  rounding: 'document',
  prices: 'exclusive',
  flat: { basisPoints: 800, b2bExempt: false },
};
const elsewhere = (quote?: TaxQuote): TaxTerms => ({
  settings,
  rates: [],
  buyer: { country: 'US', region: 'NY', isBusiness: false },
  ...(quote === undefined ? {} : { quote }),
});
const STATE: TreatedRate = { code: 'ny-state', jurisdiction: 'US-NY', category: 'S', rate: '4' };
const CITY: TreatedRate = { code: 'nyc', jurisdiction: 'US-NY', category: 'S', rate: '4.5' };
/** The same for each line, of the draft as it is. */
const quoted = (account: Account, invoiceId: InvoiceId = INVOICE, rates = [STATE, CITY]): TaxQuote => {
  const invoice = invoiceOf(account, invoiceId);
  return {
    reference: 'txn-1',
    linesDigest: linesDigest(invoice.draft),
    lines: new Map(draftLines(invoice).map(({ lineId }) => [lineId, rates])),
  };
};
const subscribed = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
const bill = billAccount({ tax: elsewhere() });
const pending = subscribed.after(bill);
const defer = (now: string) =>
  ({ type: 'DeferTaxes', invoiceId: INVOICE, draftRevision: 1, failure: 'unavailable', now: at(now) }) as const;

type Facts = readonly { readonly type: string; readonly data: object }[];
const typesIn = (facts: Facts): string[] => facts.map(({ type }) => type);
const issuedIn = (facts: Facts) =>
  facts.find(({ type }) => type === 'InvoiceFinalized')?.data as Fact<'InvoiceFinalized'>['data'];

describe('an invoice whose taxes are said elsewhere', () => {
  it('waits as a draft, with a timer should nobody ask', () => {
    const { facts } = subscribed.when(bill);
    expect(typesIn(facts)).toEqual(['InvoiceDrafted', 'InvoiceLinesAdded', 'InvoiceTaxPending']);
    expect(facts.at(-1)!.data).toEqual({
      invoiceId: INVOICE,
      draftRevision: 1,
      attempts: 0,
      timer: { key: `finalize:${INVOICE}`, dueAt: '2026-01-01T00:05:00Z', generation: 1 },
    });
    pending.when(bill).thenNothing();
  });

  it('waits once its grace is over, and not before', () => {
    const grace = billAccount({ tax: elsewhere(), policy: GRACE });
    const drafted = subscribed.after(grace);
    expect(typesIn(subscribed.when(grace).facts)).toEqual(['InvoiceDrafted', 'InvoiceLinesAdded']);
    const over = billAccount({ tax: elsewhere(), policy: GRACE, graceOver: true });
    const { facts } = drafted.when(over);
    expect(facts).toMatchObject([{ type: 'InvoiceTaxPending', data: { timer: { generation: 2 } } }]);
    // It is over for good, whatever is billed again before somebody says its taxes.
    const more = drafted.after(over, addInvoiceItem({ now: at('2026-01-01T00:00:00Z') }));
    expect(more.when(grace).facts.at(-1)).toMatchObject({
      type: 'InvoiceTaxPending',
      data: { draftRevision: 2, attempts: 0, timer: { generation: 3 } },
    });
  });

  it('is asked again later and later, to an hour', () => {
    let story = pending;
    const minutes: number[] = [];
    for (let attempts = 1; attempts <= 7; attempts++) {
      const { facts } = story.when(defer('2026-01-01T12:00:00Z'));
      const { data } = facts[0] as Fact<'InvoiceTaxPending'>;
      expect(data).toMatchObject({ attempts, failure: 'unavailable', timer: { generation: attempts + 1 } });
      minutes.push((Date.parse(data.timer.dueAt) - Date.parse('2026-01-01T12:00:00Z')) / 60_000);
      story = story.after(defer('2026-01-01T12:00:00Z'));
    }
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60, 60]);
    pending.when({ ...defer('2026-01-01T12:00:00Z'), draftRevision: 2 }).thenNothing();
  });

  it('is issued with what is said, and says who said it', () => {
    const { facts } = pending.when((account) => finalizeInvoice({ tax: elsewhere(quoted(account)) }));
    // 4 % and 4.5 % of 30.00.
    expect(issuedIn(facts)).toMatchObject({
      totals: { subtotal: usd(30_00n), tax: usd(2_55n), total: usd(32_55n) },
      taxes: [
        { code: 'ny-state', base: usd(30_00n), amount: usd(1_20n) },
        { code: 'nyc', base: usd(30_00n), amount: usd(1_35n) },
      ],
      taxation: { reason: 'provider', provider: { name: 'http', reference: 'txn-1' } },
    });
    expect(transfersIn(facts)).toContain('receivable tax_payable 120');
    expect(typesIn(facts)).toContain('BillingAdvanced');
  });

  it('is not issued with what was said of other lines', () => {
    const other = quoted(pending.state);
    const more = pending.after(addInvoiceItem({ now: at('2026-01-01T00:00:00Z') }));
    expect(typesIn(more.when(bill).facts)).toEqual(['InvoiceDrafted', 'InvoiceLinesAdded', 'InvoiceTaxPending']);
    more
      .after(bill)
      .when(finalizeInvoice({ tax: elsewhere(other) }))
      .thenThrows(StaleFacts);
    const nothing: TaxQuote = { ...other, lines: new Map() };
    pending.when(finalizeInvoice({ tax: elsewhere(nothing) })).thenThrows(StaleFacts);
    pending.when(finalizeInvoice({ tax: elsewhere() })).thenRefused('tax_not_known');
  });

  it('bears the flat rate where that is to stand in, and says so', () => {
    const stand = elsewhere({ fallback: 'fallback_rate', failure: 'too_slow' });
    expect(issuedIn(pending.when(finalizeInvoice({ tax: stand })).facts)).toMatchObject({
      taxes: [{ code: 'flat', rate: '8', amount: usd(2_40n) }],
      taxation: { provider: { name: 'http', fallback: 'fallback_rate', failure: 'too_slow' } },
    });
  });

  it('bears what its charges bore last also where a discount is taken off them', () => {
    const SECOND = anId('inv', 2);
    const now = at('2026-02-01T00:00:00Z');
    const february = billAccount({ tax: elsewhere(), invoiceId: SECOND, now, policy: GRACE });
    const discounted = pending
      .after((account) => finalizeInvoice({ tax: elsewhere(quoted(account)) }))
      .after(february, discountDraft({ percent: '10' }, { invoiceId: SECOND, now }));
    const stand = elsewhere({ fallback: 'last_known', failure: 'unavailable' });
    // 4 % and 4.5 % of 27.00.
    expect(issuedIn(discounted.when(finalizeInvoice({ invoiceId: SECOND, tax: stand })).facts).taxes).toMatchObject([
      { code: 'ny-state', base: usd(27_00n), amount: usd(1_08n) },
      { code: 'nyc', base: usd(27_00n), amount: usd(1_22n) },
    ]);
  });

  it('bears what its charges bore last where that is to stand in, and waits where they bore none', () => {
    const stand = elsewhere({ fallback: 'last_known', failure: 'unavailable' });
    pending.when(finalizeInvoice({ tax: stand })).thenRefused('tax_not_known');
    const SECOND = anId('inv', 2);
    const february = billAccount({ tax: elsewhere(), invoiceId: SECOND, now: at('2026-02-01T00:00:00Z') });
    const second = pending.after((account) => finalizeInvoice({ tax: elsewhere(quoted(account)) })).after(february);
    const { facts } = second.when(finalizeInvoice({ invoiceId: SECOND, tax: stand }));
    expect(issuedIn(facts)).toMatchObject({
      totals: { tax: usd(2_55n) },
      taxation: { reason: 'provider', provider: { fallback: 'last_known', failure: 'unavailable' } },
    });
    const item = addInvoiceItem({ now: at('2026-01-15T00:00:00Z') });
    second
      .after(item, february)
      .when(finalizeInvoice({ invoiceId: SECOND, tax: stand }))
      .thenRefused('tax_not_known');
  });

  it('is estimated by what its charges bore last, where nothing is issued by it', () => {
    const lines = draftLines(invoiceOf(pending.state, INVOICE));
    const terms = { tax: estimatedTax(elsewhere()), issueDate: on('2026-01-31') };
    expect(taxedInvoice(lines, terms, pending.state)).toMatchObject({ tax: usd(0n), taxation: null });
    const issued = pending.after((account) => finalizeInvoice({ tax: elsewhere(quoted(account)) }));
    expect(taxedInvoice(lines, terms, issued.state)).toMatchObject({ tax: usd(2_55n) });
  });

  it('is issued at once to whoever is exempt everywhere', () => {
    const exempt = given(anAccount({ taxStatus: 'exempt' })).after(createSubscription({ catalog: aCatalog() }));
    expect(issuedIn(exempt.when(bill).facts).taxation).toMatchObject({ reason: 'customer_exempt' });
  });

  it('of an item by itself is asked for before', () => {
    const own = ownInvoice();
    const asking = { ...own, terms: { ...own.terms, tax: elsewhere() } };
    given(anAccount())
      .when(addInvoiceItem({ own: asking }))
      .thenRefused('tax_not_known');
  });
});
