import { amountDue } from '#billing/invoice';
import type { CountedReading } from '#billing/usage';
import { USAGE_SHARDS_DEFAULT, type AccountFact, type Stored } from '#contracts';
import { bookBalance, type LedgerCode } from '#ledger';
import { ArAgingQuery } from '#projections/ar-aging';
import { TrialBalanceQuery } from '#projections/book';
import { RevenueQuery } from '#projections/revenue';
import { accountSnapshot, differencesIn, VerifyAccounts, type AccountFold } from '#replay';
import { anId, InMemoryEventLog, on, TENANT } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CATALOG } from '../invariants/catalog.js';
import { history, type Step } from '../invariants/operations.js';
import { text, World } from '../invariants/world.js';
import { project } from '../services/projected.js';
import { inBatchesOf, RecutEventLog } from '../services/recut-event-log.js';
import { servedAccounts } from '../services/served-accounts.js';
import { Stopping } from '../services/stopping.js';
import { TestDatabase } from '../services/test-database.js';

const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 60);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_201);
const MILLISECONDS_PER_RUN = 2_000;
const PATIENCE = 120_000 + RUNS * MILLISECONDS_PER_RUN;
const BATCH_EVENTS = 97;

/** After everything that happened, and everything that was asked to happen ahead. */
const LAST_DAY = on('2030-01-01');

const bookedUntil = (events: readonly Stored<AccountFact>[], code: LedgerCode, day: string): bigint =>
  events.reduce((sum, { fact }) => {
    if (fact.type !== 'TransferPosted' || fact.data.bookedOn > day) return sum;
    const { debit, credit, amount } = fact.data;
    return sum + (debit === code ? amount.minor : 0n) - (credit === code ? amount.minor : 0n);
  }, 0n);

interface Lived {
  readonly world: World;
  readonly steps: readonly Step[];
  readonly isTest: boolean;
}

/** Every third account is a test account that lives by a clock of its own: its time passes, the others’ does not. */
const beginning = (number: number, log: InMemoryEventLog) => ({
  log,
  number,
  accountId: anId('acc', 1_000 + number),
  taxed: number % 2 === 0,
  ...(number % 3 === 0 ? { testClockId: anId('clk', number) } : {}),
});

/** Step by step in turn, so that accounts meet at every place of the log. */
const inTurn = async (lives: readonly Lived[]): Promise<void> => {
  for (let index = 0; index < Math.max(...lives.map(({ steps }) => steps.length)); index++)
    for (const { world, steps } of lives) if (index < steps.length) await world.take(steps[index]!);
};

/** Alone, an account has its usage stream for itself: revisions are other ones, and nothing else is. */
const withoutCuts = (told: string): string => told.replaceAll(/"cut":-?\d+/gu, '"cut":null');
const withoutRevisions = (readings: readonly CountedReading[]) => readings.map(({ revision: _, ...one }) => one);

describe('random histories of many accounts', () => {
  const stopping = new Stopping();
  const log = new InMemoryEventLog();
  const lives: Lived[] = [];
  let folds: readonly AccountFold[];
  let database: TestDatabase;

  const live = (): AccountFold[] => folds.filter((_, index) => !lives[index]!.isTest);

  beforeAll(async () => {
    const histories = fc.sample(history, { numRuns: RUNS, seed: SEED });
    for (const [number, steps] of histories.entries())
      lives.push({ world: await World.begin(beginning(number, log)), steps, isTest: number % 3 === 0 });
    await inTurn(lives);
    folds = await Promise.all(lives.map(({ world }) => world.fold()));
    database = await stopping.use(TestDatabase.create());
    await project(new RecutEventLog(log, inBatchesOf(BATCH_EVENTS)), database);
  }, PATIENCE);

  it(
    'go as they go alone',
    async () => {
      for (const [number, { world, steps }] of lives.entries()) {
        const alone = await World.begin(beginning(number, new InMemoryEventLog()));
        for (const step of steps) await alone.take(step);
        const place = { position: null };
        const [expected, found] = [await alone.fold(), await world.fold()].map((fold) =>
          withoutCuts(text({ ...accountSnapshot(world.accountId, fold), ...place })),
        );
        expect(found).toBe(expected);
        expect(withoutRevisions(await world.readings())).toEqual(withoutRevisions(await alone.readings()));
      }
    },
    PATIENCE,
  );

  it(
    'are in the read models what they are in the log',
    async () => {
      const verify = new VerifyAccounts(log, servedAccounts(database));
      const terms = { catalog: CATALOG, usageShards: USAGE_SHARDS_DEFAULT };
      const accounts = lives.map(({ world }) => world.accountId);
      expect(await differencesIn(verify.differences(TENANT, accounts, terms))).toEqual([]);
    },
    PATIENCE,
  );

  it('sum to the reports of the tenant, without test accounts', async () => {
    const totals = await new TrialBalanceQuery(database.tenants).totals(TENANT, {});
    expect(totals.map(({ code }) => code)).toContain('receivable');
    for (const { code, debits, credits } of totals) {
      const sums = live().map(({ stream }) => bookBalance(stream.state.book, code, 'USD'));
      const [net, sum] = [debits.minor - credits.minor, sums.reduce((total, one) => total + one, 0n)];
      expect({ code, net: net < 0n ? -net : net }).toEqual({ code, net: sum < 0n ? -sum : sum });
    }
    const aged = await new ArAgingQuery(database.tenants).accounts(TENANT, { at: LAST_DAY });
    const owed = aged.flatMap(({ buckets }) => Object.values(buckets)).reduce((sum, { minor }) => sum + minor, 0n);
    const due = live().flatMap(({ stream }) =>
      [...stream.state.invoices.values()].filter(({ status }) => status === 'open').map(amountDue),
    );
    expect(due.length).toBeGreaterThan(0);
    expect(owed).toBe(due.reduce((sum, { minor }) => sum + minor, 0n));
    const counted = new Set(aged.map(({ accountId }) => accountId));
    expect(lives.filter(({ isTest, world }) => isTest && counted.has(world.accountId))).toEqual([]);
  });

  it('have in the reports of revenue, as of each booking, what that booked', async () => {
    const query = new RevenueQuery(database.tenants);
    let bookings = 0;
    for (const { world, isTest } of lives) {
      const known = await world.events();
      for (const { fact, metadata } of known) {
        if (fact.type !== 'RevenueRecognized' || isTest) continue;
        const { month, bookedOn, recognized } = fact.data;
        const last = known.findLastIndex((event) => event.metadata.commandId === metadata.commandId);
        const { position } = known[last]!;
        const request = { months: [month], accountId: world.accountId, position };
        const [[report], [deferred]] = await Promise.all([
          query.recognized(TENANT, request),
          query.deferred(TENANT, request),
        ]);
        const balance = (code: LedgerCode) => bookedUntil(known.slice(0, last + 1), code, bookedOn);
        // No row where nothing was ever earned.
        expect({ month, recognized: report?.recognized.minor ?? 0n, booked: report?.booked.minor ?? 0n }).toEqual({
          month,
          recognized: recognized.minor,
          booked: recognized.minor,
        });
        expect(deferred?.months[0]?.closing.minor ?? 0n).toBe(-balance('deferred_revenue'));
        expect(deferred?.months[0]?.unbilled.minor ?? 0n).toBe(balance('unbilled_receivable'));
        bookings += 1;
      }
    }
    expect(bookings).toBeGreaterThan(RUNS / 4);
  });
});
