import type { Refusals } from '#kernel';

export const BILLING_RUN_REFUSALS: Refusals = {
  billing_run_not_found: 'There is no billing run “run_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
};
