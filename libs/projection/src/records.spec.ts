import { Decimal, money, type AccountId, type Instant, type LocalDate, type Money } from '#kernel';
import { anId, at, on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { recordsOf } from './records.js';
import { table } from './table.js';

const COLUMNS = {
  tenant_id: 'text',
  account_id: 'text',
  amount: 'numeric',
  tax_withheld: 'numeric?',
  due_on: 'date',
  paid_at: 'timestamptz?',
  lines: 'jsonb',
  attempts: 'integer',
  position: 'bigint',
} as const;
const debts = table({ name: 'debts', columns: { ...COLUMNS, currency: 'text' }, key: ['tenant_id', 'account_id'] });
const measures = table({ name: 'measures', columns: COLUMNS, key: ['tenant_id', 'account_id'] });

interface DebtRecord {
  readonly accountId: AccountId;
  readonly amount: Money;
  readonly taxWithheld: Money | null;
  readonly dueOn: LocalDate;
  readonly paidAt: Instant | null;
  readonly lines: readonly string[];
  readonly attempts: number;
}

const ROW = {
  tenant_id: anId('tnt'),
  account_id: anId('acc'),
  amount: '1250',
  tax_withheld: null,
  due_on: on('2026-02-01'),
  paid_at: at('2026-01-31T00:00:00Z'),
  lines: ['desk'],
  attempts: 2,
  position: 7n,
};

describe('a record of a row', () => {
  it('has its columns as fields, without the tenant, places in the log and what is left out', () =>
    expect(recordsOf(debts, 'currency').as<DebtRecord>()({ ...ROW, currency: 'USD' })).toEqual({
      accountId: anId('acc'),
      amount: money(1250n, 'USD'),
      taxWithheld: null,
      dueOn: on('2026-02-01'),
      paidAt: at('2026-01-31T00:00:00Z'),
      lines: ['desk'],
      attempts: 2,
    }));

  it('has plain decimals where there is no currency', () => {
    const measure = recordsOf(measures).as<Omit<DebtRecord, 'amount' | 'taxWithheld'> & Decimals>();
    expect(measure({ ...ROW, tax_withheld: '0.5' })).toMatchObject({
      amount: Decimal.parse('1250'),
      taxWithheld: Decimal.parse('0.5'),
    });
  });

  it('is not what the table does not say', () => {
    const record = recordsOf(debts, 'currency');
    // @ts-expect-error: a name that no column has.
    record.as<DebtRecord & { readonly owedSince: Instant }>();
    // @ts-expect-error: a column that the record does not have.
    record.as<Omit<DebtRecord, 'lines'>>();
    // @ts-expect-error: it may be null.
    record.as<Omit<DebtRecord, 'paidAt'> & { readonly paidAt: Instant }>();
    // @ts-expect-error: it is a day.
    record.as<Omit<DebtRecord, 'dueOn'> & { readonly dueOn: Instant }>();
    // @ts-expect-error: it is money.
    record.as<Omit<DebtRecord, 'amount'> & { readonly amount: Decimal }>();
    // @ts-expect-error: no such column can be left out.
    recordsOf(debts, 'colour');
    expect(record).toBeDefined();
  });
});

interface Decimals {
  readonly amount: Decimal;
  readonly taxWithheld: Decimal | null;
}
