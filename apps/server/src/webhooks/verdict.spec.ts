import { describe, expect, it } from '@jest/globals';
import { CLOSED } from './breaker.js';
import { ATTEMPTS_MAX } from './retry-schedule.js';
import { endpointNextOf, nextOf } from './verdict.js';

const took = (status: number | null, retryAfter: number | null = null) => ({ status, retryAfter });
const DAY = 24 * 3_600_000;

describe('a message', () => {
  it.each([200, 204, 299])('is through with %i', (status) =>
    expect(nextOf(took(status), 1, false, 0.5)).toEqual({ status: 'delivered' }),
  );

  it.each([null, 302, 400, 404, 429, 500, 503])('is tried again after %s', (status) =>
    expect(nextOf(took(status), 1, false, 0.5)).toEqual({ status: 'pending', seconds: 5 }),
  );

  it('is given up after the last attempt, and waits as long as is asked for before', () => {
    expect(nextOf(took(500), ATTEMPTS_MAX, false, 0.5)).toEqual({ status: 'dead' });
    expect(nextOf(took(429, 60), 1, false, 0.5)).toEqual({ status: 'pending', seconds: 60 });
  });

  it('loses no attempt where it was to find out about the endpoint, or that is gone', () => {
    const again = { status: 'pending', seconds: 0, again: true };
    expect(nextOf(took(500), ATTEMPTS_MAX, true, 0.5)).toEqual(again);
    expect(nextOf(took(410), 1, false, 0.5)).toEqual(again);
  });
});

describe('an endpoint', () => {
  const failed = { failures: 30, failingSince: 0, openUntil: 1, probes: 4 };

  it('is as new once it takes something', () =>
    expect(endpointNextOf(took(200), 9)(failed)).toEqual({ breaker: CLOSED, disabled: null }));

  it('is disabled when it is gone, or took nothing for five days', () => {
    expect(endpointNextOf(took(410), 9)(CLOSED)).toMatchObject({ disabled: 'gone' });
    expect(endpointNextOf(took(500), 5 * DAY)(failed)).toMatchObject({ disabled: 'failing' });
    expect(endpointNextOf(took(500), 5 * DAY - 1)(failed)).toMatchObject({ disabled: null });
  });
});
