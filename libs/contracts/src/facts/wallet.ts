import { Type } from 'typebox';
import { fact } from './fact.js';
import { exampleId, usd } from './public-shapes.js';
import {
  closed,
  Count,
  Currency,
  DateText,
  IdText,
  InstantText,
  MetadataShape,
  MoneyShape,
  OneOf,
  Text,
  TimerShape,
} from './shapes.js';
import { standingOrderFacts } from './wallet-standing-orders.js';
import { DrawShape, GrantKindShape, RolloverShape, ScopeShape, TopUpShape } from './wallet-shapes.js';

const walletId = IdText('wal');
const grantId = IdText('grt');
const invoiceId = IdText('inv');
const one = { walletId, grantId };

const wallet = exampleId('wal');
const grant = exampleId('grt');
const invoice = exampleId('inv');
const day = '2026-02-01';

export const walletFacts = {
  WalletOpened: fact(
    'An account has a wallet: credit in it pays invoices as they are issued.',
    {
      walletId,
      name: Type.String({ minLength: 1, maxLength: 256 }),
      currency: Currency,
      /** Of its grants, unless they name another; lower is used first. */
      priority: Count,
      scope: ScopeShape,
      metadata: MetadataShape,
      openedAt: InstantText,
    },
    'openedAt',
  ).told({
    type: 'wallet.opened',
    means: 'An account has a wallet: credit in it pays invoices as they are issued.',
    fields: ['walletId', 'name', 'currency', 'priority', 'openedAt'],
    example: {
      walletId: wallet,
      name: 'Prepaid',
      currency: 'USD',
      priority: 50,
      openedAt: '2026-01-10T09:00:00Z',
    },
  }),
  WalletGranted: fact(
    'Credit is in a wallet: bought, given, rolled over from another grant, or given at a turn.',
    {
      ...one,
      kind: GrantKindShape,
      amount: MoneyShape,
      priority: Count,
      /** What is used from then on it may pay, up to but not at the instant at which it expires. */
      effectiveAt: InstantText,
      expiresAt: Type.Optional(InstantText),
      /** Lets what is left of it lapse. */
      timer: Type.Optional(TimerShape),
      /** The invoice by which it is bought. */
      topUp: Type.Optional(TopUpShape),
      /** What is left of it rolls over, for so long. */
      rollover: Type.Optional(Type.Object({ ...RolloverShape.properties, until: InstantText }, closed)),
      rolledOverFrom: Type.Optional(grantId),
      /** Gives the next one, where this one was given at a turn. */
      nextTurn: Type.Optional(TimerShape),
      reason: Type.Optional(Text()),
    },
    'effectiveAt',
  ).told({
    type: 'wallet.granted',
    means: 'Credit is in a wallet: bought, given, rolled over, or given at a turn.',
    fields: ['walletId', 'grantId', 'kind', 'amount', 'priority', 'effectiveAt', 'expiresAt', 'topUp'],
    example: {
      walletId: wallet,
      grantId: grant,
      kind: 'paid',
      amount: usd('100.00'),
      priority: 50,
      effectiveAt: '2026-01-10T09:00:00Z',
      expiresAt: '2027-01-10T09:00:00Z',
      topUp: { invoiceId: invoice, usableOn: 'payment' },
    },
  }),
  WalletApplied: fact(
    'Grants pay an invoice as it is issued.',
    {
      invoiceId,
      amount: MoneyShape,
      bookedOn: DateText,
      draws: Type.Array(DrawShape, { minItems: 1 }),
    },
    'bookedOn',
  ).told({
    type: 'wallet.applied',
    means: 'Credit in wallets pays an invoice as it is issued.',
    fields: ['invoiceId', 'amount', 'bookedOn', 'draws'],
    example: {
      invoiceId: invoice,
      amount: usd('24.55'),
      bookedOn: day,
      draws: [{ walletId: wallet, grantId: grant, amount: usd('24.55') }],
    },
  }),
  WalletReleased: fact(
    'The invoice that they paid is void: grants have it back.',
    {
      invoiceId,
      amount: MoneyShape,
      bookedOn: DateText,
      draws: Type.Array(DrawShape, { minItems: 1 }),
      /** Of grants that have expired since: let lapse what came back. */
      timers: Type.Optional(Type.Array(TimerShape)),
    },
    'bookedOn',
  ).told({
    type: 'wallet.released',
    means: 'An invoice that was paid from wallets is void: the wallets have the credit back.',
    fields: ['invoiceId', 'amount', 'bookedOn', 'draws'],
    example: {
      invoiceId: invoice,
      amount: usd('24.55'),
      bookedOn: '2026-02-03',
      draws: [{ walletId: wallet, grantId: grant, amount: usd('24.55') }],
    },
  }),
  WalletGrantExpired: fact(
    'The life of a grant is over. What is left of it lapses, but for what is held for use within its life that is not billed yet.',
    {
      ...one,
      amount: MoneyShape,
      held: MoneyShape,
      bookedOn: DateText,
      /** Looks again at what is held. */
      timer: Type.Optional(TimerShape),
    },
    'bookedOn',
  ).told({
    type: 'wallet.grant_expired',
    means: 'The life of a grant is over: what is left lapses, but for what is held for use that is not billed yet.',
    fields: ['walletId', 'grantId', 'amount', 'held', 'bookedOn'],
    as: { amount: 'lapsed' },
    example: { walletId: wallet, grantId: grant, lapsed: usd('12.50'), held: usd('0.00'), bookedOn: day },
  }),
  WalletGrantVoided: fact(
    'What nobody used of a grant is taken back: because somebody said so, or because it was never paid for.',
    {
      ...one,
      amount: MoneyShape,
      /** What of it had lapsed, where its invoice is void. */
      lapsed: MoneyShape,
      /** The rest of it was paid for, or used, and stays. */
      partial: Type.Optional(Type.Literal(true)),
      reason: Type.Optional(Text()),
      bookedOn: DateText,
    },
    'bookedOn',
  ).told({
    type: 'wallet.grant_voided',
    means: 'What nobody used of a grant is taken back.',
    fields: ['walletId', 'grantId', 'amount', 'bookedOn'],
    example: { walletId: wallet, grantId: grant, amount: usd('10.00'), bookedOn: day },
  }),
  WalletClosed: fact(
    'A wallet takes no more grants, and what was in it is given up or is customer credit.',
    {
      walletId,
      /** What each grant had left. */
      left: Type.Array(DrawShape),
      remainder: OneOf('forfeit', 'customer_credit'),
      reason: Type.Optional(Text()),
      bookedOn: DateText,
    },
    'bookedOn',
  ).told({
    type: 'wallet.closed',
    means: 'A wallet takes no more grants, and what was in it is given up or is customer credit.',
    fields: ['walletId', 'left', 'remainder', 'bookedOn'],
    example: {
      walletId: wallet,
      left: [{ walletId: wallet, grantId: grant, amount: usd('10.00') }],
      remainder: 'customer_credit',
      bookedOn: day,
    },
  }),
  ...standingOrderFacts,
};
