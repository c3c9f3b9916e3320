export { type TestClockRecord, StartTestClock, AdvanceTestClock } from './use-cases/test-clock.handlers.js';
