import type { Fact, TaxId } from '#contracts';
import { utcDateOf, type Json, type LocalDate } from '#kernel';
import { taxIdsIn } from './party.js';

type Checked = Fact<'TaxIdChecked'>['data'];
export type TaxIdResult = Checked['result'];

/** What a register said of a tax id when it was asked last; beside the id in the profile, and sealed with it. */
export interface TaxIdCheck extends TaxId, Pick<Checked, 'result' | 'checkedAt' | 'consultation'> {
  /** When it was called valid last; nothing once it was called invalid. */
  readonly validOn?: LocalDate;
}

interface Fields {
  readonly [field: string]: Json;
}

/** Of the tax ids that the account has: those of others are of nobody. */
export const taxIdChecksIn = (fields: Fields): readonly TaxIdCheck[] => {
  const known = (fields['taxIdChecks'] ?? []) as unknown as readonly TaxIdCheck[];
  const ids = taxIdsIn(fields);
  return known.filter((check) => ids.some((id) => isOf(check, id)));
};

/** With what was said by now. That a register did not say takes nothing back. */
export const withChecks = (fields: Fields, said: readonly Omit<TaxIdCheck, 'validOn'>[]): readonly TaxIdCheck[] => {
  const before = taxIdChecksIn(fields);
  const checked = said.map((check): TaxIdCheck => {
    const { validOn } = before.find((one) => isOf(one, check)) ?? {};
    const valid =
      check.result === 'valid' ? utcDateOf(check.checkedAt) : check.result === 'unknown' ? validOn : undefined;
    return { ...check, ...(valid === undefined ? {} : { validOn: valid }) };
  });
  return [...before.filter((one) => !checked.some((check) => isOf(check, one))), ...checked];
};

/**
 * The last day on which all its VAT ids of the EU were called valid: of several, an invoice may show any. Undefined where it has none, and where one was never called
 * valid, or is not any more.
 */
export const taxIdValidOn = (fields: Fields): LocalDate | undefined => {
  const checks = taxIdChecksIn(fields);
  const days = taxIdsIn(fields)
    .filter(({ type }) => type === 'eu_vat')
    .map((id) => checks.find((check) => isOf(check, id))?.validOn);
  return days.every((day) => day !== undefined) ? days.sort().at(0) : undefined;
};

const isOf = ({ type, value }: TaxId, other: TaxId): boolean => type === other.type && value === other.value;
