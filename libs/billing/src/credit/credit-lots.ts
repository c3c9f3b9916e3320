import type { CreditCause, CreditPart } from '#contracts';
import { money, type LocalDate, type Money } from '#kernel';
import { drained } from '#ledger';

/** What is left of the credit that one cause gave, in minor units. */
export interface CreditLot {
  readonly cause: CreditCause;
  /** Below zero where its money went out twice: credit that comes later makes up for it first. */
  readonly left: bigint;
  /** The day from which on all of it is there: what it settles counts from then on. */
  readonly since: LocalDate;
  /** It settles no invoice that is there already: it waits for the next one, or until it is applied. */
  readonly held: boolean;
}

/** By the id of its cause, the oldest first: the order in which credit is used. */
export type CreditLots = Map<string, CreditLot>;

/** What is missing elsewhere is made up for first: only the rest is there to be used, and from when it was missing on. */
export const addCredit = (lots: CreditLots, { cause, amount }: CreditPart, on: LocalDate, held = false): void => {
  let rest = amount.minor;
  let since = on;
  for (const lot of lots.values()) {
    if (lot.left >= 0n) continue;
    const madeUp = -lot.left < rest ? -lot.left : rest;
    rest -= madeUp;
    since = latestDay(since, lot.since);
    lots.set(lot.cause.id, { ...lot, left: lot.left + madeUp });
  }
  const known = lots.get(cause.id);
  lots.set(cause.id, {
    cause,
    left: (known?.left ?? 0n) + rest,
    since: known ? latestDay(known.since, since) : since,
    held: known?.held ?? held,
  });
};

export const latestDay = (...days: readonly LocalDate[]): LocalDate =>
  days.reduce((latest, day) => (day > latest ? day : latest));

/** The first day on which all of the credit is there. */
export const dayOfCredit = (lots: CreditLots, parts: readonly CreditPart[], earliest: LocalDate): LocalDate =>
  latestDay(earliest, ...parts.flatMap(({ cause }) => lots.get(cause.id)?.since ?? []));

/** An amount out of what the lots have left, in their order. May come to less than was asked for. */
export const creditFrom = (lots: Iterable<CreditLot>, amount: Money): CreditPart[] => {
  const inOrder = [...lots];
  const taken = drained(
    amount.minor,
    inOrder.map(({ left }) => left),
  );
  return inOrder.flatMap(({ cause }, index) =>
    taken[index]! > 0n ? [{ cause, amount: money(taken[index]!, amount.currency) }] : [],
  );
};

/** The lots with one of them in front: whoever gave the credit takes its own back first. */
export const ownFirst = (lots: CreditLots, causeId: string): CreditLot[] => {
  const own = lots.get(causeId);
  return [...(own ? [own] : []), ...[...lots.values()].filter(({ cause }) => cause.id !== causeId)];
};

export const takeCredit = (lots: CreditLots, parts: readonly CreditPart[]): void => {
  for (const { cause, amount } of parts) {
    const lot = lots.get(cause.id);
    if (lot) lots.set(cause.id, { ...lot, left: lot.left - amount.minor });
  }
};

/** Takes what a cause gave, whatever became of it: its own credit first, then any other. What nobody has any more is missing from its lot. */
export const takeCreditBack = (lots: CreditLots, { cause, amount }: CreditPart, on: LocalDate): void => {
  const parts = creditFrom(ownFirst(lots, cause.id), amount);
  takeCredit(lots, parts);
  const missing = parts.reduce((left, part) => left - part.amount.minor, amount.minor);
  if (missing === 0n) return;
  const known = lots.get(cause.id);
  const since = known ? latestDay(known.since, on) : on;
  lots.set(cause.id, { cause, left: (known?.left ?? 0n) - missing, since, held: known?.held ?? false });
};

export const giveCreditBack = (lots: CreditLots, parts: readonly CreditPart[], on: LocalDate): void => {
  for (const part of parts) addCredit(lots, part, on);
};

/** The credit on an invoice when more is applied: one part of each cause, so that all of it is found when that is gone. */
export const withCredit = (on: readonly CreditPart[], more: readonly CreditPart[]): CreditPart[] =>
  withoutCredit([...on, ...more], []);

/** What stays of the credit on an invoice when some of it is taken off. */
export const withoutCredit = (on: readonly CreditPart[], off: readonly CreditPart[]): CreditPart[] => {
  const left = new Map<string, CreditPart>();
  const add = ({ cause, amount }: CreditPart, sign: bigint): void => {
    const known = left.get(cause.id)?.amount.minor ?? 0n;
    left.set(cause.id, { cause, amount: money(known + sign * amount.minor, amount.currency) });
  };
  for (const part of on) add(part, 1n);
  for (const part of off) add(part, -1n);
  return [...left.values()].filter(({ amount }) => amount.minor > 0n);
};
