import { DomainError, parseInstant } from '#kernel';
import { isWithinReach, rule } from '../../pipeline/rules.js';

const isInstant = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && parseInstant(value) !== '';
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};

export const IsChangeTime = rule(
  'invalid_change_time',
  (value) => value === 'now' || value === 'period_end' || isInstant(value),
  'This is “now”, “period_end” or an RFC 3339 instant.',
);

export const IsReachable = rule(
  'instant_out_of_reach',
  (value) => !isInstant(value) || isWithinReach(value),
  'This lies too far from now.',
);
