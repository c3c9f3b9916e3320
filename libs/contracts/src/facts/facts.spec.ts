import { describe, expect, it } from '@jest/globals';
import { accountFactsWith } from './facts.js';

describe('facts of an account', () => {
  it('are found by a field that they always have', () => {
    expect(accountFactsWith('movements')).toEqual([
      'TrialStarted',
      'SubscriptionPlanChanged',
      'SubscriptionQuantityChanged',
      'SubscriptionPaused',
      'SubscriptionResumed',
      'ScheduledChangeWithdrawn',
      'DiscountBegan',
      'DiscountRemoved',
    ]);
    expect(accountFactsWith('nothing')).toEqual([]);
  });
});
