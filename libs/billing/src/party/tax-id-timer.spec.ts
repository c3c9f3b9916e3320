import { ACCOUNT, anAccount, at, givenFor, like, sealed } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { TaxIdResult } from './tax-id-check.js';

const given = givenFor(accountDecider);
const contact = { personal: sealed(), replaces: sealed() };
const checked = (day: string, ...results: TaxIdResult[]) =>
  ({
    type: 'RecordTaxIdChecks',
    contact,
    checks: results.map((result) => ({ taxIdType: 'eu_vat' as const, result, checkedAt: at(`${day}T09:00:00Z`) })),
  }) as const;
const timer = (day: string, generation = 1) => ({
  timer: { key: `check-tax-ids:${ACCOUNT}`, dueAt: `${day}T09:00:00Z`, generation },
});
const CONTACT = like('AccountContactChanged');
const account = given(anAccount());

describe('a tax id that a register was asked about', () => {
  it('is looked at again a day before that it was valid counts no more', () => {
    account.when(checked('2026-01-01', 'valid')).then(CONTACT, like('TaxIdChecked', timer('2026-01-30')));
    account
      .after(checked('2026-01-01', 'valid'))
      .when(checked('2026-01-30', 'valid'))
      .then(CONTACT, like('TaxIdChecked', timer('2026-02-28', 2)));
  });

  it('is looked at no more where it is not valid', () => {
    const { facts } = account.after(checked('2026-01-01', 'valid')).when(checked('2026-01-30', 'invalid'));
    expect(facts.at(-1)!.data).toEqual({ taxIdType: 'eu_vat', result: 'invalid', checkedAt: '2026-01-30T09:00:00Z' });
  });

  it('is looked at each day where the register does not say, and no more after thirty', () => {
    const first = account.after(checked('2026-01-01', 'unknown'));
    const unknownSince = '2026-01-01T09:00:00Z';
    first
      .when(checked('2026-01-02', 'unknown'))
      .then(CONTACT, like('TaxIdChecked', { unknownSince, ...timer('2026-01-03', 2) }));
    const last = first.when(checked('2026-01-31', 'unknown')).facts.at(-1)!;
    expect(last.data).not.toHaveProperty('timer');
    // What it says in between begins anew.
    first
      .after(checked('2026-01-20', 'valid'))
      .when(checked('2026-01-31', 'unknown'))
      .then(CONTACT, like('TaxIdChecked', { unknownSince: '2026-01-31T09:00:00Z', ...timer('2026-02-01', 3) }));
  });

  it('is looked at with all others of its account: the first that is due counts', () => {
    const { facts, state } = account
      .after(checked('2026-01-01', 'unknown', 'valid'))
      .when(checked('2026-01-02', 'unknown', 'valid', 'invalid'));
    expect(facts.map(({ data }) => ('result' in data ? [data.result, 'timer' in data] : null))).toEqual([
      null,
      ['valid', false],
      ['invalid', false],
      ['unknown', true],
    ]);
    expect(state.taxIdLooks).toEqual({ generation: 2, unknownSince: '2026-01-01T09:00:00Z' });
    account
      .after(checked('2026-01-01', 'unknown', 'valid'))
      .when(checked('2026-01-31', 'unknown', 'valid'))
      .then(CONTACT, like('TaxIdChecked'), like('TaxIdChecked', timer('2026-03-01', 2)));
  });

  it('changes nothing where nobody was asked', () => {
    account.when(checked('2026-01-01')).thenNothing();
  });
});
