import { anId, at, givenFor } from '#testing';
import { describe, it } from '@jest/globals';
import { testClockDecider, type TestClockCommand } from './test-clock.decider.js';

const given = givenFor(testClockDecider);
const clockId = anId('clk');
const JANUARY = at('2026-01-01T00:00:00Z');
const start: TestClockCommand = { type: 'StartTestClock', clockId, name: 'A year', startAt: JANUARY };
const advance = (to: string): TestClockCommand => ({ type: 'AdvanceTestClock', clockId, to: at(to) });

describe('a test clock', () => {
  it('is started once', () => {
    given()
      .when(start)
      .then({ type: 'TestClockStarted', data: { clockId, name: 'A year', from: JANUARY } });
    given().after(start).when(start).thenNothing();
  });

  it('goes from where it stands to where it is told, and stays', () => {
    const to = at('2026-03-01T00:00:00Z');
    given()
      .after(start, advance('2026-02-01T00:00:00Z'))
      .when(advance(to))
      .then({ type: 'TestClockAdvanced', data: { clockId, from: at('2026-02-01T00:00:00Z'), to } });
    given().after(start, advance(to)).when(advance(to)).thenNothing();
  });

  it('is not turned back', () => {
    given().after(start).when(advance('2025-12-31T23:59:59Z')).thenRefused('test_clock_backwards', '/to');
  });

  it('goes two years at a time, no further', () => {
    given()
      .after(start)
      .when(advance('2028-01-03T00:00:00Z'))
      .then({
        type: 'TestClockAdvanced',
        data: { clockId, from: JANUARY, to: at('2028-01-03T00:00:00Z') },
      });
    given().after(start).when(advance('2028-01-03T00:00:01Z')).thenRefused('test_clock_too_far', '/to');
  });

  it('has to be started before it goes', () => {
    given().when(advance('2026-02-01T00:00:00Z')).thenRefused('test_clock_not_found');
  });
});
