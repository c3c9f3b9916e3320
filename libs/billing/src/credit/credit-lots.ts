import type { CreditCause, CreditPart } from '#contracts';
import { money, type LocalDate, type Money } from '#kernel';
import { drained } from '#ledger';

/** What is left of the credit that one cause gave, in minor units. */
export interface CreditLot {
  readonly cause: CreditCause;
  readonly left: bigint;
  /** The day from which on all of it is there: what it settles counts from then on. */
  readonly since: LocalDate;
  /** It settles no invoice that is there already: it waits for the next one, or until it is applied. */
  readonly held: boolean;
}

/** By the id of its cause, the oldest first: the order in which credit is used. */
export type CreditLots = Map<string, CreditLot>;

export const addCredit = (lots: CreditLots, { cause, amount }: CreditPart, on: LocalDate, held = false): void => {
  const known = lots.get(cause.id);
  const since = known ? latestDay(known.since, on) : on;
  lots.set(cause.id, { cause, left: (known?.left ?? 0n) + amount.minor, since, held: known?.held ?? held });
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

export const giveCreditBack = (lots: CreditLots, parts: readonly CreditPart[], on: LocalDate): void => {
  for (const part of parts) addCredit(lots, part, on);
};

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
