import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId, usd } from './public-shapes.js';
import { IdText, MoneyShape, TimerShape } from './shapes.js';
import { RechargeShape, RecurrenceShape } from './wallet-shapes.js';

const walletId = IdText('wal');
const wallet = exampleId('wal');

/** What happens to a wallet by itself: credit at turns, and what is bought below a level. */
export const standingOrderFacts = {
  WalletRecurrenceSet: fact('Credit is given at every turn; or no more, where nothing is named.', {
    walletId,
    recurrence: Type.Optional(RecurrenceShape),
    /** Gives what is due at the first turn. */
    timer: Type.Optional(TimerShape),
  }).told({
    type: 'wallet.recurrence_set',
    means: 'Credit is given to a wallet at every turn; or no more, where nothing is named.',
    fields: ['walletId', 'recurrence'],
    example: {
      walletId: wallet,
      recurrence: {
        kind: 'promotional',
        amount: usd('20.00'),
        priority: 10,
        interval: { unit: 'month', count: 1 },
        anchor: '2026-02-01T00:00:00Z',
        timeZone: 'UTC',
        rollover: { maximum: usd('5.00') },
      },
    },
  }),
  WalletRechargeSet: fact('A wallet is recharged below a level; or no more, where nothing is named.', {
    walletId,
    recharge: Type.Optional(RechargeShape),
  }).told({
    type: 'wallet.recharge_set',
    means: 'A wallet is recharged below a level; or no more, where nothing is named.',
    fields: ['walletId', 'recharge'],
    example: {
      walletId: wallet,
      recharge: { below: usd('20.00'), to: usd('100.00'), monthlyCap: usd('500.00'), usableOn: 'payment' },
    },
  }),
  WalletRechargeDue: fact('A wallet is below its level, and nothing is on the way: a top-up is to be ordered.', {
    walletId,
    balance: MoneyShape,
    /** What usage so far would cost, where that counts. */
    unbilled: Type.Optional(MoneyShape),
    timer: TimerShape,
  }).told({
    type: 'wallet.recharge_due',
    means: 'A wallet is below its level, and nothing is on the way: a top-up is to be ordered.',
    fields: ['walletId', 'balance', 'unbilled'],
    example: { walletId: wallet, balance: usd('4.20') },
  }),
  WalletRechargePutOff: fact(
    'A wallet is below its level, and the cap of the month leaves no room, or it has no room for another grant: it is looked at again.',
    {
      walletId,
      balance: MoneyShape,
      unbilled: Type.Optional(MoneyShape),
      ordered: MoneyShape,
      /** It has no room for another grant, whatever the cap leaves. */
      full: Type.Optional(Type.Literal(true)),
      timer: TimerShape,
    },
  ).told({
    type: 'wallet.recharge_put_off',
    means: 'A wallet is below its level, and the cap of the month leaves no room, or it has no room for another grant.',
    fields: ['walletId', 'balance', 'unbilled', 'ordered', 'full'],
    as: { ordered: 'orderedThisMonth' },
    example: { walletId: wallet, balance: usd('4.20'), orderedThisMonth: usd('500.00') },
  }),
};
