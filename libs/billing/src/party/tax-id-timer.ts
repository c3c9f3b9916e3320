import type { Fact, Timer } from '#contracts';
import { isBefore, plusDuration, type AccountId, type Instant } from '#kernel';
import { timerOf } from '../timer/timer.js';

type Checked = Fact<'TaxIdChecked'>['data'];

/** When a register is asked again by itself: the last timer, and since when it has not said. */
export interface TaxIdLooks {
  readonly generation: number;
  readonly unknownSince: Instant | null;
}

/** A day before what it said counts no more. */
const VALID_FOR = { days: 29 };
const UNKNOWN_FOR = { days: 1 };
/** Then it is left to whoever asks by hand. */
const UNKNOWN_UNTIL = { days: 30 };

/** What was said of all tax ids of an account at once, with when that is looked at again on the last of them: not where nothing is valid, or may be. */
export const withNextCheck = (
  checks: readonly Omit<Checked, 'timer' | 'unknownSince'>[],
  { generation, unknownSince: before }: TaxIdLooks,
  accountId: AccountId,
): readonly Checked[] => {
  const [unknown, said] = [checks.filter(isUnknown), checks.filter((check) => !isUnknown(check))];
  const all = [...said, ...unknown.map((check) => ({ ...check, unknownSince: before ?? check.checkedAt }))];
  const wait = waitAfter(all);
  if (wait === null) return all;
  const last = all.at(-1)!;
  const timer: Timer = timerOf('check-tax-ids', accountId, plusDuration(last.checkedAt, wait), generation + 1);
  return [...all.slice(0, -1), { ...last, timer }];
};

const isUnknown = ({ result }: Pick<Checked, 'result'>): boolean => result === 'unknown';

const waitAfter = (checks: readonly Checked[]): { readonly days: number } | null => {
  const isTriedDaily = checks.some(
    ({ checkedAt, unknownSince }) =>
      unknownSince !== undefined && isBefore(checkedAt, plusDuration(unknownSince, UNKNOWN_UNTIL)),
  );
  if (isTriedDaily) return UNKNOWN_FOR;
  return checks.some(({ result }) => result === 'valid') ? VALID_FOR : null;
};
