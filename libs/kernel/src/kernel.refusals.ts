import type { Refusals } from './refusals.js';

export const KERNEL_REFUSALS: Refusals = {
  currency_ended: 'BGN ended on 2026-01-01.',
  currency_not_begun: 'XCG begins on 2025-03-31.',
  currency_without_minor_unit: 'XAU has no minor unit: nothing is billed in it.',
  invalid_amount: '24.555 has more digits than USD (2).',
  invalid_date: '“2026-02-30” is not a day (YYYY-MM-DD).',
  invalid_decimal: 'A quantity is a plain decimal, not below zero.',
  invalid_expression: 'This is no arithmetic expression: A parenthesis is not closed.',
  invalid_id: 'This is an id of a transfer: “tfr_” and 26 characters.',
  invalid_instant: '“2026-02-30” is not an RFC 3339 instant.',
  unknown_currency: 'This is not an ISO 4217 currency.',
};
