/** Kinds of timers of accounts that are billed together, and not one by one. */
export type BilledKind = 'bill' | 'finalize';

/** A grant whose life is over, a turn at which credit is given, and a wallet that is below its level. */
export type WalletTimerKind = 'grant-expires' | 'grant-recurs' | 'recharge';

/** What a register said of tax ids is looked at again. */
export type TaxIdTimerKind = 'check-tax-ids';

/** Kinds that each stand for a command, by what the stream that sets them is about: a slice declares the command, and one without does not compile. */
export interface AnnouncedKinds {
  readonly account: 'activate' | 'trial' | 'resume' | 'end' | 'overdue' | 'expire' | WalletTimerKind | TaxIdTimerKind;
  readonly coupon: 'redemption';
}

export type TimerKind = BilledKind | AnnouncedKinds[keyof AnnouncedKinds];

/** Names a timer in its stream: what kind it is of, and which thing. */
export type TimerKey = `${TimerKind}:${string}`;
