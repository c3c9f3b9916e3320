import type { AccountFact, Fact } from '#contracts';
import { derivedId, type Instant } from '#kernel';
import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  aReading,
  at,
  aUsageCharge,
  billAccount,
  changePlan,
  createSubscription,
  givenFor,
  GRACE,
  INVOICE,
  SUBSCRIPTION,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { chunksLeft } from './draft-continuation.js';
import { LINES_PER_INVOICE_MAX } from './due-services.js';

const given = givenFor(accountDecider);
const NOW = at('2026-01-01T06:00:00Z');
/** More bytes than a line has otherwise: few lines are many parts. */
const LONG = 'A fee with a long name '.repeat(10);
const START = at('2025-10-01T00:00:00Z');
const daily = (...charges: readonly ReturnType<typeof aCharge>[]) =>
  aCatalog({ plans: [aPlan({ interval: { unit: 'day', count: 1 }, charges })] });
const catalog = daily(aCharge(), aUsageCharge());
const begun = (startAt: Instant, plans = catalog) =>
  given(anAccount()).after(createSubscription({ catalog: plans, startAt, now: NOW }));

const linesIn = (facts: readonly AccountFact[]) =>
  facts.flatMap((fact) => (fact.type === 'InvoiceLinesAdded' ? fact.data.lines : []));
const advancedIn = (facts: readonly AccountFact[]): Fact<'BillingAdvanced'>['data'] | undefined =>
  facts.find((fact) => fact.type === 'BillingAdvanced')?.data;
const timerOf = (state: ReturnType<typeof begun>['state']) => state.subscriptions.get(SUBSCRIPTION)!.schedule.timer;

/** What a machine that is so much slower may take for what has 250 ms. */
const SLOWNESS = 12;
const cpuMilliseconds = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

describe('more lines than go on one invoice', () => {
  const whole = { catalog, billThrough: NOW, now: NOW, whole: true, linesMax: 50 } as const;
  const known = [aReading({ revision: 0, at: at('2025-11-05T12:00:00Z') })];

  it('are billed by several, the earliest first, with what is late among them', () => {
    let story = begun(START);
    const services = new Set<string>();
    const ends: Instant[] = [];
    for (const expected of [50, 50, 50, 35]) {
      const { facts } = story.when(billAccount({ ...whole, known, invoiceId: INVOICE }));
      const lines = linesIn(facts);
      expect(lines).toHaveLength(expected);
      for (const { charge, service } of lines) services.add(`${charge} ${service.start}`);
      ends.push(
        lines.reduce((last, { service }) => (service.end > last ? service.end : last), NOW.slice(0, 4) as Instant),
      );
      const { rest, cuts } = advancedIn(facts)!;
      expect(rest === undefined).toBe(expected < 50);
      expect(Object.values(cuts)).toEqual([expected < 50 ? 0 : -1]);
      story = story.after(billAccount({ ...whole, known, invoiceId: INVOICE }));
    }
    expect(services.size).toBe(185);
    expect(ends).toEqual([...ends].sort());
    const ids = [...story.state.invoices.keys()];
    expect(ids).toEqual([INVOICE, ...ids.slice(0, -1).map((id) => derivedId('inv', id, 'rest'))]);
    expect(story.when(billAccount({ ...whole, known, invoiceId: INVOICE })).facts).toEqual([]);
  });

  it('leave a timer for the rest where nobody goes on with it, and none of their own in a run', () => {
    const story = begun(START);
    const { timer } = story.state.subscriptions.get(SUBSCRIPTION)!.schedule;
    const fired = { subscriptionId: SUBSCRIPTION, generation: timer!.generation };
    const byTimer = story.after(billAccount({ ...whole, timer: fired }));
    expect(timerOf(byTimer.state)).toMatchObject({ dueAt: NOW, generation: timer!.generation + 1 });
    expect(byTimer.when(billAccount({ ...whole, timer: fired, invoiceId: anId('inv', 2) })).facts).toEqual([]);
    const byRun = story.after(billAccount({ ...whole, runId: anId('run') }));
    expect(timerOf(byRun.state)!.dueAt).toBe('2026-01-02T00:00:00Z');
    expect(byRun.state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt! < NOW).toBe(true);
  });

  it('wait for the draft before them', () => {
    const drafted = begun(START).after(billAccount({ ...whole, known, policy: GRACE }));
    const again = drafted.when(billAccount({ ...whole, known, policy: GRACE, invoiceId: anId('inv', 2) }));
    expect(again.facts).toEqual([]);
    const issued = drafted.after(billAccount({ ...whole, known, policy: GRACE, graceOver: true }));
    expect(issued.state.invoices.get(INVOICE)!.status).toBe('open');
    expect(timerOf(issued.state)!.dueAt).toBe(NOW);
  });

  it('are billed once where readings come for what one of them had billed', () => {
    const later = aReading({ revision: 1, at: at('2025-10-02T12:00:00Z') });
    const last = { ...whole, known: [...known, later], invoiceId: INVOICE };
    const all = begun(START)
      .after(billAccount({ ...whole, known, invoiceId: INVOICE }))
      .after(billAccount(last), billAccount(last), billAccount(last));
    const usage = [...all.state.billed.values()].filter(({ charge }) => charge === 'calls');
    const minor = usage.flatMap(({ lines }) => lines).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    expect(minor).toBe(20n);
    expect(all.state.usageCut).toBe(1);
    expect(all.when(billAccount(last)).facts).toEqual([]);
  });

  it('of nothing are kept in parts that an append holds', () => {
    const free = daily(aCharge({ price: { model: 'flat', amount: '0' }, name: LONG }));
    const skip = { ...GRACE, finalize: 'auto', zeroInvoices: 'skip' } as const;
    let story = begun(at('2024-02-01T00:00:00Z'), free);
    let parts = 0;
    for (;;) {
      const command = billAccount({ catalog: free, billThrough: NOW, now: NOW, policy: skip });
      const { facts } = story.when(command);
      if (facts.length === 0) break;
      expect(facts.map(({ type }) => type)).toEqual(['BillingAdvanced']);
      expect(
        JSON.stringify(advancedIn(facts)!.unissued, (_, one: unknown) => (typeof one === 'bigint' ? `${one}` : one))
          .length,
      ).toBeLessThan(1_000_000);
      story = story.after(command);
      parts += 1;
    }
    expect(parts).toBeGreaterThan(1);
    expect(story.state.billed.size).toBe(701);
    expect(story.state.invoices.size).toBe(0);
  });
});

describe('a draft of many lines', () => {
  const long = daily(aCharge({ name: LONG }), aUsageCharge({ name: LONG }));
  const command = { catalog: long, billThrough: NOW, now: NOW } as const;

  it('is stored in parts that rate nothing again', () => {
    let story = begun(at('2025-02-01T00:00:00Z'), long).after(billAccount(command));
    let left = chunksLeft(billAccount(command)(story.state), story.state)!;
    const { chunks } = story.state.invoices.get(INVOICE)!;
    expect(left.length).toBe(chunks - 3);
    for (; left.length > 0; left = left.slice(1)) {
      const { usage: _, arrivals: __, ...terms } = billAccount(command)(story.state);
      const next = { ...terms, type: 'ContinueDraft', draftRevision: 1, chunks: left.slice(0, 1) } as const;
      const { facts } = story.when(next);
      const stored = facts.filter((fact): fact is Fact<'InvoiceLinesAdded'> => fact.type === 'InvoiceLinesAdded');
      expect(stored.map(({ data }) => data.chunk)).toEqual([left[0]!.chunk]);
      expect(facts.some(({ type }) => type === 'InvoiceFinalized')).toBe(left.length === 1);
      story = story.after(next);
    }
    expect(story.state.invoices.get(INVOICE)!.status).toBe('open');
    expect(story.when(billAccount({ ...command, invoiceId: anId('inv', 2) })).facts).toEqual([]);
  });

  it('is not begun where its tax is not known', () => {
    const settings = { provider: 'rates', country: 'DE', rounding: 'document', prices: 'exclusive' } as const;
    const tax = { settings, rates: [], buyer: { country: 'DE', region: null, isBusiness: false } };
    const story = begun(at('2025-02-01T00:00:00Z'), long);
    story.when(billAccount({ ...command, tax })).thenRefused('tax_rate_missing');
    expect(story.when(billAccount({ ...command, tax, policy: GRACE })).facts[0]!.type).toBe('InvoiceDrafted');
  });
});

describe('twenty years of days', () => {
  const charges = Array.from({ length: 200 }, (_, index) =>
    index % 2 === 0 ? aCharge({ key: `fee-${index}` }) : aUsageCharge({ key: `calls-${index}` }),
  );
  const huge = daily(...charges);

  it.each(['UTC', 'Europe/Berlin'])('cost what they are asked for: %s', (timeZone) => {
    const opened = given(anAccount({ timeZone }));
    const create = createSubscription({ catalog: huge, startAt: at('2006-01-01T00:00:00Z'), now: NOW });
    opened.when(createSubscription({ catalog: huge, startAt: at('2025-12-31T00:00:00Z'), now: NOW }));
    const story = opened.after(create);
    const bill = { catalog: huge, billThrough: NOW, now: NOW } as const;
    const change = changePlan({ catalog: huge, now: NOW, quantities: { 'fee-0': '2' } });
    const billed = story.after(billAccount(bill));
    const work: Record<string, () => unknown> = {
      create: () => accountDecider.decide(create, opened.state),
      bill: () => accountDecider.decide(billAccount(bill)(story.state), story.state),
      change: () => accountDecider.decide(change, billed.state),
    };
    for (const [name, run] of Object.entries(work)) {
      const milliseconds = cpuMilliseconds(run);
      expect({ name, milliseconds, tooMuch: milliseconds > 250 * SLOWNESS }).toEqual({
        name,
        milliseconds,
        tooMuch: false,
      });
    }
    expect(LINES_PER_INVOICE_MAX).toBe(1_000);
  });
});
