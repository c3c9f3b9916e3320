/** Kinds of timers of accounts that are billed together, and not one by one. */
export type BilledKind = 'bill' | 'finalize';

/** Kinds that each stand for a command, by what the stream that sets them is about: a slice declares the command, and one without does not compile. */
export interface AnnouncedKinds {
  readonly account: 'activate' | 'trial' | 'resume' | 'end' | 'overdue' | 'expire';
  readonly coupon: 'redemption';
}

export type TimerKind = BilledKind | AnnouncedKinds[keyof AnnouncedKinds];

/** Names a timer in its stream: what kind it is of, and which thing. */
export type TimerKey = `${TimerKind}:${string}`;
