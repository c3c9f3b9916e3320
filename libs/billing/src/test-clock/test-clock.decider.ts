import type { TestClockFact } from '#contracts';
import { isBefore, notFound, plusDuration, refuseAt, type Decider, type Instant, type TestClockId } from '#kernel';

/** Timers fire one after the other: a leap over decades would keep the agenda from everybody else. */
const ADVANCE_DAYS_MAX = 732;

export type TestClockCommand =
  | {
      readonly type: 'StartTestClock';
      readonly clockId: TestClockId;
      readonly name?: string;
      readonly startAt: Instant;
    }
  | { readonly type: 'AdvanceTestClock'; readonly clockId: TestClockId; readonly to: Instant };

export interface TestClock {
  name: string | null;
  startedFrom: Instant | null;
  now: Instant | null;
}

export const testClockDecider: Decider<TestClock, TestClockCommand, TestClockFact> = {
  initialState: () => ({ name: null, startedFrom: null, now: null }),

  decide(command, clock) {
    switch (command.type) {
      case 'StartTestClock': {
        if (clock.now !== null) return [];
        const { clockId, name, startAt } = command;
        return [
          { type: 'TestClockStarted', data: { clockId, ...(name === undefined ? {} : { name }), from: startAt } },
        ];
      }
      case 'AdvanceTestClock': {
        const { clockId, to } = command;
        const from = clock.now ?? notFound('test_clock', clockId);
        if (isBefore(to, from)) {
          return refuseAt('/to', 'test_clock_backwards', `The clock shows ${from}: it is not turned back.`);
        }
        if (isBefore(plusDuration(from, { days: ADVANCE_DAYS_MAX }), to)) {
          return refuseAt(
            '/to',
            'test_clock_too_far',
            `A clock is advanced by at most ${ADVANCE_DAYS_MAX} days at a time.`,
          );
        }
        return to === from ? [] : [{ type: 'TestClockAdvanced', data: { clockId, from, to } }];
      }
    }
  },

  evolve(clock, { type, data }) {
    switch (type) {
      case 'TestClockStarted':
        clock.name = data.name ?? null;
        clock.startedFrom = data.from;
        clock.now = data.from;
        return;
      case 'TestClockAdvanced':
        clock.now = data.to;
        return;
    }
  },
};
