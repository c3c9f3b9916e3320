import type { ChangeTime } from '#billing/subscription';
import { parseInstant } from '#kernel';
import { textField } from '../../pipeline/fields.js';
import { isWithinReach, parses, rule } from '../../pipeline/rules.js';

const isInstant = parses(parseInstant);

const isWord = (value: unknown): value is 'now' | 'period_end' => value === 'now' || value === 'period_end';

export const ChangeTimeField = textField(
  rule(
    'invalid_change_time',
    (value) => isWord(value) || isInstant(value),
    'This is “now”, “period_end” or an RFC 3339 instant.',
  ),
  (text): ChangeTime => (isWord(text) ? text : parseInstant(text)),
);

export const IsReachable = rule(
  'instant_out_of_reach',
  (value) => !isInstant(value) || isWithinReach(value),
  'This lies too far from now.',
);
