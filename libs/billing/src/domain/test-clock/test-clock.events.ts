import type { Event, Instant, TestClockId } from '#kernel';

/** Time that is told, not measured: accounts that are opened on the clock live by it. */
export type TestClockStarted = Event<
  'TestClockStarted',
  { readonly clockId: TestClockId; readonly name?: string; readonly from: Instant }
>;
export type TestClockAdvanced = Event<
  'TestClockAdvanced',
  { readonly clockId: TestClockId; readonly from: Instant; readonly to: Instant }
>;

export type TestClockEvent = TestClockStarted | TestClockAdvanced;
