import type { Refusals } from '#kernel';

export const TEST_CLOCK_REFUSALS: Refusals = {
  test_clock_backwards: 'The clock shows 2026-02-01T00:00:00Z: it is not turned back.',
  test_clock_not_found: 'There is no test clock “clk_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  test_clock_too_far: 'A clock is advanced by at most 732 days at a time.',
};
