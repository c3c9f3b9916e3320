import { Type } from 'typebox';
import type { Held } from './held.js';
import {
  closed,
  Count,
  DecimalText,
  IdText,
  InstantText,
  IntervalShape,
  Key,
  MoneyShape,
  OneOf,
  TimeZone,
} from './shapes.js';

const grant = { walletId: IdText('wal'), grantId: IdText('grt') };

/** `paid`: bought, by a top-up. `promotional`, `compensation`: given, and so less revenue where it is used. */
export const GrantKindShape = OneOf('paid', 'promotional', 'compensation');
export type GrantKind = Held<typeof GrantKindShape>;

/** What it may pay; whatever there is, where nothing is named. */
export const ScopeShape = Type.Object(
  {
    plans: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: 100 })),
    charges: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: 100 })),
  },
  closed,
);
export type WalletScope = Held<typeof ScopeShape>;

/** When what is bought may be used: once its invoice is paid, or as soon as that is issued. */
const UsableOn = OneOf('payment', 'issue');
export type UsableOn = Held<typeof UsableOn>;

export const TopUpShape = Type.Object(
  {
    invoiceId: IdText('inv'),
    usableOn: UsableOn,
    /** It was ordered by itself. */
    recharge: Type.Optional(Type.Literal(true)),
  },
  closed,
);

/** How much of a grant goes over to the next turn: at least, and at most. */
export const RolloverShape = Type.Object({ minimum: Type.Optional(MoneyShape), maximum: MoneyShape }, closed);
export type Rollover = Held<typeof RolloverShape>;

/** A grant at every turn, which lives until the next one. */
export const RecurrenceShape = Type.Object(
  {
    kind: OneOf('promotional', 'compensation'),
    amount: MoneyShape,
    priority: Count,
    interval: IntervalShape,
    /** The first turn; all others follow from it, in the zone. */
    anchor: InstantText,
    timeZone: TimeZone,
    rollover: Type.Optional(RolloverShape),
  },
  closed,
);
export type GrantRecurrence = Held<typeof RecurrenceShape>;

/** Below a level, as much is bought as brings the balance to another; no more in a month than the cap. */
export const RechargeShape = Type.Object(
  {
    below: MoneyShape,
    to: MoneyShape,
    monthlyCap: Type.Optional(MoneyShape),
    usableOn: UsableOn,
    /** The balance less what is used and not billed yet; the balance alone, where nothing is named. */
    counts: Type.Optional(Type.Literal('ongoing_balance')),
  },
  closed,
);
export type WalletRecharge = Held<typeof RechargeShape>;

export const DrawShape = Type.Object({ ...grant, amount: MoneyShape }, closed);
/** What a grant pays of an invoice. */
export type WalletDraw = Held<typeof DrawShape>;

/** Buys credit for a wallet. It is no revenue, and bears no tax: what it is used for does. */
export const TopUpLine = Type.Object(
  {
    lineId: IdText('lin'),
    kind: Type.Literal('wallet_top_up'),
    ...grant,
    description: Type.String({ maxLength: 256 }),
    quantity: DecimalText,
    amount: MoneyShape,
    addedAt: InstantText,
  },
  closed,
);
export type TopUpLine = Held<typeof TopUpLine>;
