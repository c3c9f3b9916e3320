import { type Account } from '#billing/account';
import { type Catalog } from '#billing/catalog';
import { type CountedReading } from '#billing/usage';
import { instantOfSeconds, isBefore, type Instant } from '#kernel';
import {
  ACCOUNT,
  aCatalog,
  aCharge,
  aMeter,
  anId,
  aPlan,
  aReading,
  at,
  aUsageCharge,
  billAccount,
  createSubscription,
  FixedRules,
  TENANT,
  underRules,
  voidInvoice,
  on,
  type RulesOfZone,
} from '#testing';
import { USAGE_SHARDS_DEFAULT } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldAccounts } from '../../../../test/services/told-accounts.js';
import { foldAccount } from '../account-fold.js';
import { foldUsage } from '../usage-fold.js';
import { lineWitness } from './line-check.js';

const ZONE = 'America/Vancouver';
const release = (name: string, rules: RulesOfZone) => new FixedRules(name, { [ZONE]: rules });

const SPRING = '2026-03-08T10:00:00Z';
const OLD = release('old', [
  [null, -8],
  [SPRING, -7],
  ['2026-11-01T09:00:00Z', -8],
]);
/** Clocks are not changed back any more. */
const NEW = release('new', [
  [null, -8],
  [SPRING, -7],
]);
/** To the other side of the date line: a day is left out. */
const ACROSS = release('across', [
  [null, -8],
  [SPRING, -7],
  ['2026-12-05T07:00:00Z', 17],
]);

const CATALOG = aCatalog({
  meters: [
    aMeter(),
    aMeter({ key: 'peaks', eventName: 'level', aggregation: 'max', valueProperty: 'value', bucket: 'day' }),
  ],
  plans: [
    aPlan({
      charges: [
        aCharge({ key: 'fee', proration: 'second' }),
        aUsageCharge(),
        aUsageCharge({ key: 'peaks', meter: 'peaks' }),
      ],
    }),
  ],
});
const DAILY = aCatalog({
  plans: [aPlan({ interval: { unit: 'day', count: 1 }, charges: [aCharge(), aUsageCharge()] })],
});

const WEEKLY = aCatalog({
  plans: [aPlan({ interval: { unit: 'week', count: 1 }, charges: [aCharge(), aUsageCharge()] })],
});

/** One account over releases of the tz database. */
class Story {
  readonly told = new ToldAccounts();
  readonly known: CountedReading[] = [];
  private bills = 0;

  constructor(private readonly catalog: Catalog = CATALOG) {}

  static async begin(
    startAt: string,
    {
      catalog = CATALOG,
      align = 'subscription',
    }: { readonly catalog?: typeof CATALOG; readonly align?: 'subscription' | 'calendar' } = {},
  ) {
    const story = new Story(catalog);
    await story.told.open({}, 'USD', ZONE);
    const now = at(startAt);
    await story.told.tell(createSubscription({ catalog, startAt: now, now, anchor: { align } }));
    return story;
  }

  async record(...moments: readonly string[]): Promise<void> {
    for (const moment of moments) {
      const revision = this.known.length;
      const reading = aReading({ id: `r${revision}`, at: at(moment), revision });
      this.known.push(reading);
      const { revision: _, ordinal: __, digest: ___, ...stored } = reading;
      await this.told.record([stored]);
    }
  }

  async level(moment: string, value: string): Promise<void> {
    const reading = aReading({
      id: `l${this.known.length}`,
      event: 'level',
      at: at(moment),
      properties: { value },
      revision: this.known.length,
    });
    this.known.push(reading);
    const { revision: _, ordinal: __, digest: ___, ...stored } = reading;
    await this.told.record([stored]);
  }

  async bill(through: string): Promise<void> {
    this.bills += 1;
    const { catalog, known } = this;
    await this.told.tell(billAccount({ catalog, known, billThrough: at(through), invoiceId: anId('inv', this.bills) }));
  }

  async void(invoice: number): Promise<void> {
    const invoiceId = anId('inv', invoice);
    const known = (await this.account()).invoices.get(invoiceId);
    if (known?.status !== 'open') return;
    await this.told.tell(voidInvoice({ catalog: this.catalog, invoiceId, bookedOn: on('2026-12-31') }));
  }

  /** The services of a charge that live lines bill, in order; with those whose lines were voided, where these are asked for. */
  async services(charge: string, voided = false) {
    const { billed } = await this.account();
    return [...billed.values()]
      .filter((service) => service.charge === charge && (voided || service.lines.length > 0))
      .map(({ service: { start, end }, lines }) => ({
        start,
        end,
        quantity: lines.reduce((sum, { quantity }) => sum + Number(quantity), 0),
        amount: lines.reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0),
      }))
      .sort((left, right) => (isBefore(left.start, right.start) ? -1 : 1));
  }

  async account(): Promise<Account> {
    return (await foldAccount(this.told.log, TENANT, ACCOUNT)).stream.state;
  }

  /** What verification finds. */
  async differences(): Promise<readonly unknown[]> {
    const { witness, differences } = lineWitness(
      ACCOUNT,
      this.catalog,
      await foldUsage(this.told.log, TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT),
    );
    await foldAccount(this.told.log, TENANT, ACCOUNT, { witness });
    return differences;
  }
}

const expectTiled = (services: readonly { readonly start: Instant; readonly end: Instant }[]): void => {
  for (const [index, { start, end }] of services.entries()) {
    expect(isBefore(start, end)).toBe(true);
    if (index > 0) expect(start).toBe(services[index - 1]!.end);
  }
};

const HOURS = [-11, -9, -8, -7, -6, 10, 14] as const;
const dayOf2026 = fc.integer({ min: 0, max: 90 });
const momentOn = (day: number, hour: number) => instantOfSeconds(Date.UTC(2026, 0, 1 + day, hour) / 1000);

/** Clocks that are only ever put forward, and by whom: the same until some day, another from then on. */
const rules = fc
  .tuple(fc.constantFrom(...HOURS), fc.constantFrom(...HOURS), dayOf2026, fc.integer({ min: 0, max: 23 }))
  .map(([left, right, day, hour]) =>
    release(`${left} ${right} ${day}`, [
      [null, Math.min(left, right)],
      [momentOn(day, hour), Math.max(left, right)],
    ]),
  );

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('bill' as const), day: dayOf2026, hour: fc.integer({ min: 0, max: 23 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      day: dayOf2026,
      hour: fc.integer({ min: 0, max: 23 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), invoice: fc.integer({ min: 1, max: 3 }) }) },
);

describe('an account over a change of time zones', () => {
  it('is not billed twice for what was used in the hour between the old midnight and the new one', async () => {
    const story = await underRules(OLD, () => Story.begin('2026-11-01T07:00:00Z', { align: 'calendar' }));
    await story.record('2026-12-01T07:30:00Z');
    await underRules(OLD, () => story.bill('2026-12-01T08:00:00Z'));
    await underRules(NEW, () => story.bill('2027-01-01T08:00:00Z'));
    const services = await story.services('calls');
    expect(services).toMatchObject([
      { start: '2026-11-01T07:00:00Z', end: '2026-12-01T08:00:00Z', quantity: 1 },
      { start: '2026-12-01T08:00:00Z', end: '2027-01-01T08:00:00Z', quantity: 0 },
    ]);
  });

  it('keeps its rhythm, though it began on another day as the new rules have it', async () => {
    const story = await underRules(OLD, () => Story.begin('2026-11-15T07:30:00Z'));
    await underRules(OLD, () => story.bill('2026-12-14T08:00:00Z'));
    await underRules(NEW, () => story.bill('2027-02-14T08:00:00Z'));
    const fees = await story.services('fee');
    expectTiled(fees);
    expect(fees.map(({ start }) => start)).toEqual([
      '2026-11-15T07:30:00Z',
      '2026-12-14T08:00:00Z',
      '2027-01-14T08:00:00Z',
      '2027-02-14T07:00:00Z',
    ]);
    expect(fees.slice(1).map(({ amount }) => amount)).toEqual([30_00, 30_00, 30_00]);
  });

  it('keeps its rhythm where nothing was billed before, too', async () => {
    const story = await underRules(OLD, () => Story.begin('2026-11-15T07:30:00Z'));
    await underRules(NEW, () => story.bill('2026-12-15T08:00:00Z'));
    const usage = await story.services('calls');
    expect(usage).toMatchObject([{ start: '2026-11-15T07:30:00Z', end: '2026-12-14T07:00:00Z' }]);
  });

  it('is verified by the days that it was billed by', async () => {
    const story = await underRules(OLD, () => Story.begin('2026-10-20T19:00:00Z', { align: 'calendar' }));
    // Two levels of one day by the old rules, of two days by the new ones.
    await story.level('2026-11-20T07:30:00Z', '5');
    await story.level('2026-11-19T20:00:00Z', '3');
    await story.record('2026-11-20T07:30:00Z');
    await underRules(OLD, () => story.bill('2026-12-01T08:00:00Z'));
    for (const rules of [OLD, NEW, ACROSS]) expect(await underRules(rules, () => story.differences())).toEqual([]);
    expect((await story.services('peaks')).at(-1)).toMatchObject({ quantity: 5 });
    // Late usage of what was billed is counted by the days that it was billed by.
    await story.level('2026-11-20T06:00:00Z', '9');
    await underRules(NEW, () => story.bill('2026-12-02T08:00:00Z'));
    expect((await story.services('peaks')).at(-1)).toMatchObject({ quantity: 9 });
    for (const rules of [OLD, NEW, ACROSS]) expect(await underRules(rules, () => story.differences())).toEqual([]);
  });

  it('by days: one that is left out is no period, and none is billed twice', async () => {
    const story = await underRules(OLD, () => Story.begin('2026-12-01T08:00:00Z', { catalog: DAILY }));
    await story.record('2026-12-03T08:30:00Z', '2026-12-04T08:30:00Z', '2026-12-05T07:30:00Z', '2026-12-06T00:00:00Z');
    await underRules(OLD, () => story.bill('2026-12-05T08:00:00Z'));
    await underRules(ACROSS, () => story.bill('2026-12-09T00:00:00Z'));
    const days = await story.services('calls');
    expectTiled(days);
    expect(days.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4);
    expect(await underRules(NEW, () => story.differences())).toEqual([]);
  });

  it('has no reading in two live lines and no gap, whatever rules come after each other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(rules, step), { minLength: 2, maxLength: 5 }),
        fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 23 })),
        fc.boolean(),
        async (steps, [day, hour], daily) => {
          const catalog = daily ? WEEKLY : CATALOG;
          const story = await underRules(steps[0]![0], () => Story.begin(momentOn(day, hour), { catalog }));
          for (const [zone, asked] of steps) {
            if (asked.kind === 'record') await story.record(momentOn(asked.day, asked.hour));
            else if (asked.kind === 'bill') await underRules(zone, () => story.bill(momentOn(asked.day, asked.hour)));
            else await underRules(zone, () => story.void(asked.invoice));
          }
          for (const charge of ['fee', 'base', 'calls']) {
            const services = await story.services(charge, true);
            expectTiled(services);
          }
          await underRules(steps.at(-1)![0], () => story.bill(momentOn(100, 0)));
          const usage = await story.services('calls');
          expectTiled(usage);
          const [first, last] = [usage[0], usage.at(-1)];
          const counted = story.known.filter(
            (reading) => first && !isBefore(reading.at, first.start) && isBefore(reading.at, last!.end),
          );
          expect(usage.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(counted.length);
          for (const [zone] of steps.slice(0, 2)) expect(await underRules(zone, () => story.differences())).toEqual([]);
        },
      ),
      { numRuns: 10, seed: 1 },
    );
  }, 60_000);
});
