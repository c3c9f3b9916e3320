import type { Refusals } from '#kernel';

export const SUBSCRIPTION_REFUSALS: Refusals = {
  change_already_effective: 'The change counts since 2026-01-17T00:00:00Z.',
  change_before_start: 'The subscription began at 2026-01-01T00:00:00Z.',
  change_not_found: 'There is no change “0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11”.',
  charge_not_found: 'The plan has no charge “seats” that takes a quantity.',
  credit_amount_ahead: 'The end is ahead, at 2026-02-01T00:00:00Z: give an amount back by an invoice item.',
  credit_named_twice: 'Name either what comes back by its days or an amount.',
  end_before_start: 'The subscription began at 2026-01-01T00:00:00Z.',
  full_difference_ahead: 'A full difference is made now, in the past, or as a period begins.',
  invalid_basis_points: 'A discount is a whole number from 0 to 10,000.',
  later_change_exists:
    'The change that counts from 2026-02-01T00:00:00Z does not go with it: withdraw that first. The plan has no charge “seats” that takes a quantity.',
  nothing_changes: 'The subscription has this plan, these quantities and these prices by then.',
  proration_required: 'Another interval in the middle of a period has to be prorated.',
  subscription_already_canceled: 'The subscription ends at 2026-02-01T00:00:00Z.',
  subscription_already_exists: 'There is a subscription with this external id already.',
  subscription_already_paused: 'The subscription is paused at 2026-01-17T00:00:00Z.',
  subscription_canceled: 'The subscription was canceled before it began.',
  subscription_ended: 'The subscription ended at 2026-02-01T00:00:00Z.',
  subscription_not_active: 'The subscription has not begun.',
  subscription_not_canceled: 'The subscription is not canceled.',
  subscription_not_found: 'There is no subscription “sub_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  subscription_not_paused: 'The subscription is not paused at 2026-01-17T00:00:00Z.',
  too_many_subscriptions: 'An account has at most 5000 live subscriptions.',
  until_before_pause: 'The pause begins at 2026-01-17T00:00:00Z.',
};
