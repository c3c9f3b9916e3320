import { accountSnapshot, foldAccount } from '#replay';
import { ACCOUNT, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  expectBalanced,
  expectCreditAccounted,
  expectCreditUsed,
  expectDisjointServices,
  expectFreshRating,
  expectLinesSumToTotals,
  expectNeverNegativeByDay,
  expectNothingWaiting,
  expectReceivableIsDue,
  expectStatusIsBalance,
  expectTransfersOnce,
} from './checks.js';
import { history, type Step } from './operations.js';
import { text, World } from './world.js';

/** Histories with late usage, repeated readings, voids, reversals, cancellations, two processes, lost answers and crashes. */
const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 60);
const SEED = Number(process.env['INVARIANT_SEED'] ?? 20_261_120);

const overHistories = (check: (world: World, steps: readonly Step[]) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(history, async (steps) => check(await World.begin(), steps)),
    { numRuns: RUNS, seed: SEED },
  );

describe('over any history of an account', () => {
  it(
    'books balance, the receivable is what is due, and lines sum to totals, after every step',
    () =>
      overHistories(async (world, steps) => {
        for (const step of steps) {
          await world.take(step);
          const fold = await world.fold();
          expectBalanced(fold.stream.state);
          expectTransfersOnce(fold);
          expectReceivableIsDue(fold.stream.state);
          expectCreditAccounted(fold.stream.state);
          expectCreditUsed(fold.stream.state);
          expectStatusIsBalance(fold.stream.state);
          expectNeverNegativeByDay(fold);
          expectDisjointServices(fold.stream.state);
          for (const document of accountSnapshot(ACCOUNT, fold).invoices) expectLinesSumToTotals(document);
        }
      }),
    120_000,
  );

  it(
    'what live lines bill is a fresh rating of what counts',
    () =>
      overHistories(async (world, steps) => {
        for (const step of steps) {
          await world.take(step);
          expectFreshRating((await world.fold()).stream.state, await world.readings());
        }
      }),
    120_000,
  );

  it(
    'billing again finds nothing to do',
    () =>
      overHistories(async (world, steps) => {
        for (const step of steps) {
          await world.take(step);
          if (step.operation.kind !== 'bill' || step.operation.grace) continue;
          const { revision, state } = (await world.fold()).stream;
          expectNothingWaiting(state);
          await world.take({ ...step, fault: null, repeated: false });
          expect((await world.fold()).stream.revision).toBe(revision);
        }
      }),
    120_000,
  );

  it(
    'a command changes state once, however its append fails and however often it is sent',
    () =>
      overHistories(async (world, steps) => {
        for (const step of steps) await world.take({ ...step, repeated: true });
        const commands = new Map<string, number[]>();
        for await (const event of world.log.readStream(world.stream)) {
          const { commandId } = event.metadata as { readonly commandId: string };
          commands.set(commandId, [...(commands.get(commandId) ?? []), event.revision]);
        }
        for (const revisions of commands.values()) {
          expect(revisions).toEqual(revisions.map((_, index) => revisions[0]! + index));
        }
      }),
    120_000,
  );

  it(
    'the state at a revision is what was served then, and folding again gives the same bytes',
    () =>
      overHistories(async (world, steps) => {
        const served = new Map<number, string>();
        for (const step of steps) {
          await world.take(step);
          const fold = await world.fold();
          const now = text(accountSnapshot(ACCOUNT, fold));
          expect(text(accountSnapshot(ACCOUNT, await world.fold()))).toBe(now);
          served.set(fold.stream.revision, now);
        }
        for (const [revision, then] of served) {
          const fold = await foldAccount(world.log, TENANT, ACCOUNT, { asOf: { kind: 'revision', revision } });
          expect(text(accountSnapshot(ACCOUNT, fold))).toBe(then);
        }
      }),
    120_000,
  );

  it(
    'a process that remembers serves what a fresh one folds',
    () =>
      overHistories(async (world, steps) => {
        for (const step of steps) {
          await world.take(step);
          for (const otherProcess of [false, true]) expect(await world.cached(otherProcess)).toBe(await world.folded());
        }
      }),
    120_000,
  );
});
