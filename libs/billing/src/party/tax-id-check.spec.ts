import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { taxIdChecksIn, taxIdValidOn, withChecks, type TaxIdCheck, type TaxIdResult } from './tax-id-check.js';

const FRENCH = { type: 'eu_vat', value: 'FR40303265045' } as const;
const profile = (checks: readonly TaxIdCheck[] = [], taxIds: readonly object[] = [FRENCH]) =>
  ({ taxIds, taxIdChecks: checks }) as never;
const said = (result: TaxIdResult, day: string) => [{ ...FRENCH, result, checkedAt: at(`${day}T09:00:00Z`) }];

describe('what a register said of a tax id', () => {
  it('is that it was valid on a day, and stays so where it later does not say', () => {
    const valid = withChecks(profile(), said('valid', '2026-01-01'));
    expect(valid).toMatchObject([{ result: 'valid', validOn: '2026-01-01' }]);
    const unknown = withChecks(profile(valid), said('unknown', '2026-01-05'));
    expect(unknown).toMatchObject([{ result: 'unknown', validOn: '2026-01-01', checkedAt: '2026-01-05T09:00:00Z' }]);
    expect(taxIdValidOn(profile(unknown))).toBe('2026-01-01');
  });

  it('is nothing once it was said to be invalid', () => {
    const valid = withChecks(profile(), said('valid', '2026-01-01'));
    const invalid = withChecks(profile(valid), said('invalid', '2026-01-05'));
    expect(invalid[0]).not.toHaveProperty('validOn');
    expect(taxIdValidOn(profile(invalid))).toBeUndefined();
  });

  it('is of the ids that the account has', () => {
    const valid = withChecks(profile(), said('valid', '2026-01-01'));
    const other = profile(valid, [{ type: 'eu_vat', value: 'FR00000000000' }]);
    expect(taxIdChecksIn(other)).toEqual([]);
    expect(taxIdValidOn(other)).toBeUndefined();
  });

  it('is that of several all were valid, since the day on which the first of them was called so last', () => {
    const AUSTRIAN = { type: 'eu_vat', value: 'ATU12345678' } as const;
    const both = [FRENCH, AUSTRIAN, { type: 'gb_vat', value: 'GB193054661' }];
    const austrian = (result: TaxIdResult, day: string) =>
      said(result, day).map((check) => ({ ...check, ...AUSTRIAN }));
    const one = withChecks(profile([], both), said('valid', '2026-01-03'));
    expect(taxIdValidOn(profile(one, both))).toBeUndefined();
    const invalid = withChecks(profile(one, both), austrian('invalid', '2026-01-04'));
    expect(taxIdValidOn(profile(invalid, both))).toBeUndefined();
    const valid = withChecks(profile(one, both), austrian('valid', '2026-01-04'));
    expect(taxIdValidOn(profile(valid, both))).toBe('2026-01-03');
    expect(taxIdValidOn(profile(valid, [both[2]!]))).toBeUndefined();
  });
});
