import type { Refusals } from '#kernel';

export const USAGE_REFUSALS: Refusals = {
  group_not_found: 'Meter “input_tokens” is not grouped by “region”.',
  negative_value:
    'Meter “input_tokens” takes nothing below zero: let it allow negative values, or amend what is wrong.',
  reading_ambiguous: 'Several accounts have a reading with this id: name the accountId.',
  reading_differs: 'A reading with this id was recorded with other content: it counts. Amend it, or send another id.',
  reading_not_found: 'There is no reading “req-1”.',
  reading_retracted: 'Reading “req-1” was retracted: it counts no more.',
  usage_outside_window: 'Readings are accepted from 2025-12-03T00:00:00Z to 2026-02-04T00:00:00Z.',
  value_not_computable: 'Meter “cost” divides by zero, or comes to more than 24 digits.',
};
