import { accountSnapshot, foldAccount, type AccountFold } from '#replay';
import { ACCOUNT, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  expectAmountsShared,
  expectBalanced,
  expectCorrectionsTold,
  expectCreditAccounted,
  expectCreditUsed,
  expectDeferredIsAhead,
  expectDisjointServices,
  expectFreshRating,
  expectLinesSumToTotals,
  expectMonthsStay,
  expectNeverNegativeByDay,
  expectNothingWaiting,
  expectReceivableIsDue,
  expectRevenueAccounted,
  expectStatusIsBalance,
  expectTaxIsOwed,
  expectTransfersOnce,
  expectWithinInvoice,
} from './checks.js';
import { expectWalletsSound } from './wallet-checks.js';
import { history, type Step } from './operations.js';
import { text, World } from './world.js';

/** Histories with late usage, repeated readings, voids, reversals, cancellations, two processes, lost answers and crashes. */
const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 600);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_120);
/** What a failure prints beside its seed: of all histories of the seed, the one that failed. */
const PATH = process.env['INVARIANT_PATH'];
const MILLISECONDS_PER_RUN = 1_000;

const expectSound = (fold: AccountFold): void => {
  const { state } = fold.stream;
  expectBalanced(state);
  expectTransfersOnce(fold);
  expectReceivableIsDue(state);
  expectTaxIsOwed(state);
  expectCorrectionsTold(state);
  expectRevenueAccounted(state);
  expectDeferredIsAhead(state);
  expectWithinInvoice(state, fold.lines);
  expectCreditAccounted(state);
  expectCreditUsed(state);
  expectStatusIsBalance(state);
  expectWalletsSound(fold);
  expectNeverNegativeByDay(fold);
  expectDisjointServices(state);
  expectAmountsShared(state);
  for (const document of accountSnapshot(ACCOUNT, fold).invoices) expectLinesSumToTotals(document);
};

/** Billing again finds nothing to do. */
const expectBilled = async (world: World, step: Step): Promise<void> => {
  const { revision, state } = (await world.fold()).stream;
  expectNothingWaiting(state);
  await world.take({ ...step, fault: null, repeated: false });
  expect((await world.fold()).stream.revision).toBe(revision);
};

/** Once all months are booked, nothing is put off: what was earned over them is what was billed. */
const expectAllEarned = async (world: World): Promise<void> => {
  await world.recognizeAll();
  const fold = await world.fold();
  expect(fold.stream.state.revenue.months).toEqual(new Map());
  expectSound(fold);
  expectMonthsStay(fold, await world.facts());
};

/** However its append failed and however often it was sent, the facts of a command stand together, once. */
const expectCommandsOnce = async ({ log, stream }: World): Promise<void> => {
  const commands = new Map<string, number[]>();
  for await (const event of log.readStream(stream)) {
    const { commandId } = event.metadata as { readonly commandId: string };
    commands.set(commandId, [...(commands.get(commandId) ?? []), event.revision]);
  }
  for (const revisions of commands.values())
    expect(revisions).toEqual(revisions.map((_, index) => revisions[0]! + index));
};

/** The state at a revision is what was served then. */
const expectSameThen = async ({ log }: World, served: ReadonlyMap<number, string>): Promise<void> => {
  for (const [revision, then] of served) {
    const fold = await foldAccount(log, TENANT, ACCOUNT, { asOf: { kind: 'revision', revision } });
    expect(text(accountSnapshot(ACCOUNT, fold))).toBe(then);
  }
};

describe('over any history of an account', () => {
  it(
    'everything holds after every step',
    () =>
      fc.assert(
        fc.asyncProperty(history, fc.boolean(), fc.boolean(), async (steps, allRepeated, taxed) => {
          const world = await World.begin({ taxed });
          const served = new Map<number, string>();
          for (const step of steps) {
            await world.take(allRepeated ? { ...step, repeated: true } : step);
            const fold = await world.fold();
            expectSound(fold);
            expectMonthsStay(fold, await world.facts());
            // What live lines bill is a fresh rating of what counts.
            expectFreshRating(fold.stream.state, await world.readings());
            if (step.operation.kind === 'bill' && !step.operation.grace) await expectBilled(world, step);
            // A process that remembers serves what a fresh one folds.
            for (const otherProcess of [false, true])
              expect(await world.cached(otherProcess)).toBe(text(fold.stream.state));
            served.set(fold.stream.revision, text(accountSnapshot(ACCOUNT, fold)));
          }
          await expectAllEarned(world);
          await expectCommandsOnce(world);
          await expectSameThen(world, served);
        }),
        { numRuns: RUNS, seed: SEED, ...(PATH === undefined ? {} : { path: PATH }) },
      ),
    60_000 + RUNS * MILLISECONDS_PER_RUN,
  );
});
