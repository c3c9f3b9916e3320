import { describe, expect, it } from '@jest/globals';
import { type AccountFacts, type Count, counted, type Found, type FoundAccount, isRight } from './counting.js';

const ACCOUNT: AccountFacts = {
  subscriptions: ['sub_1'],
  readings: new Map([
    ['r1', 100],
    ['r2', 50],
  ]),
  payments: new Map([['pay_1', 2_500]]),
  isErased: false,
  name: 'Ada Ltd',
  firstMonth: 0,
};

const THERE: FoundAccount = {
  subscriptions: ['sub_1'],
  usage: { count: 2, tokens: 150 },
  readings: new Set(['r1', 'r2']),
  payments: [{ id: 'pay_1', cents: 2_500 }],
  feeMonths: ['2023-01', '2023-02'],
  usageCents: 150,
  name: 'Ada Ltd',
};

const billed = () => ({ months: ['2023-01', '2023-02'], usageCents: 150 });

const countOf = (there: Partial<FoundAccount>, account: Partial<AccountFacts> = {}): Count =>
  counted(
    { accounts: new Map([['acc_1', { ...ACCOUNT, ...account }]]), billed },
    { accountIds: ['acc_1'], accounts: new Map([['acc_1', { ...THERE, ...there }]]) },
  );

const PAYMENT = { id: 'pay_1', cents: 2_500 };
const NOTHING = { lost: 0, doubled: 0, wrong: 0 };

const figuresOf = ({ lost, doubled, wrong }: Count) => ({
  lost: lost.length,
  doubled: doubled.length,
  wrong: wrong.length,
});

describe('what was acknowledged, against what is there', () => {
  it('is right where each thing is there once', () => {
    const count = countOf({});
    expect(isRight(count)).toBe(true);
    // An account, a subscription, two readings, a payment, and the fee of two months.
    expect(count).toEqual({ acknowledged: 7, lost: [], doubled: [], wrong: [] });
  });

  it.each<[string, Partial<FoundAccount>, Partial<ReturnType<typeof figuresOf>>]>([
    ['a subscription that is gone', { subscriptions: [] }, { lost: 1 }],
    ['a subscription that nobody was told of', { subscriptions: ['sub_1', 'sub_2'] }, { doubled: 1 }],
    ['a payment that is gone', { payments: [] }, { lost: 1 }],
    ['a payment that is listed twice', { payments: [PAYMENT, PAYMENT] }, { doubled: 1 }],
    ['a payment under a second id', { payments: [PAYMENT, { ...PAYMENT, id: 'pay_2' }] }, { doubled: 1 }],
    ['a payment of another amount', { payments: [{ ...PAYMENT, cents: 1 }] }, { wrong: 1 }],
    ['a reading that is gone', { readings: new Set(['r1']), usage: { count: 1, tokens: 100 } }, { lost: 2 }],
    ['a reading that is there, but not counted', { usage: { count: 1, tokens: 100 } }, { lost: 1 }],
    ['a reading that counts twice', { usage: { count: 3, tokens: 200 } }, { doubled: 1 }],
    ['readings that say something else', { usage: { count: 2, tokens: 151 } }, { wrong: 1 }],
    ['a month that was not billed', { feeMonths: ['2023-01'] }, { lost: 1 }],
    ['a month that was billed twice', { feeMonths: ['2023-01', '2023-02', '2023-02'] }, { doubled: 1 }],
    ['usage that was billed twice', { usageCents: 300 }, { wrong: 1 }],
    ['a name that nobody can read any more', { name: null }, { lost: 1 }],
  ])('finds %s', (_, there, found) => {
    const count = countOf(there);
    expect(figuresOf(count)).toEqual({ ...NOTHING, ...found });
    expect(isRight(count)).toBe(false);
  });

  it('finds a person who was erased and is told of all the same', () => {
    expect(figuresOf(countOf({}, { isErased: true }))).toEqual({ ...NOTHING, lost: 1 });
    expect(isRight(countOf({ name: null }, { isErased: true }))).toBe(true);
  });

  it.each<[string, readonly string[], Partial<ReturnType<typeof figuresOf>>]>([
    ['is gone', [], { lost: 1 }],
    ['is listed twice', ['acc_1', 'acc_1'], { doubled: 1 }],
    ['nobody was told of', ['acc_1', 'acc_2'], { doubled: 1 }],
  ])('finds an account that %s', (_, accountIds, figures) => {
    const found: Found = { accountIds, accounts: new Map([['acc_1', THERE]]) };
    expect(figuresOf(counted({ accounts: new Map([['acc_1', ACCOUNT]]), billed }, found))).toEqual({
      ...NOTHING,
      ...figures,
    });
  });
});
