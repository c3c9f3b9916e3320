import { Decimal } from '#kernel';

export const MOVEMENT_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** What a customer's MRR did at a moment, without its size: all that the kind of a movement depends on. */
export interface MovementSigns {
  readonly hadMrr: boolean;
  readonly hasMrr: boolean;
  readonly change: -1 | 0 | 1;
  /** Whether the customer ever had any before. */
  readonly wasCustomer: boolean;
}

/**
 * The kind of a change of a customer's MRR; `null` if nothing changed. It is told per customer, not per subscription: one of two
 * that ends is contraction, the last one is churn, and who comes back from nothing is reactivated. (ChartMogul, MRR movements.)
 */
export const movementKind = ({ hadMrr, hasMrr, change, wasCustomer }: MovementSigns): MovementKind | null => {
  if (change === 0) return null;
  if (!hadMrr && hasMrr) return wasCustomer ? 'reactivation' : 'new';
  if (hadMrr && !hasMrr) return 'churn';
  return change > 0 ? 'expansion' : 'contraction';
};

/** A movement with its sign. */
export interface Movement {
  readonly kind: MovementKind;
  readonly amount: Decimal;
}

/** By kind, nothing of what there is none of. */
export const movementTotals = (movements: readonly Movement[]): Readonly<Record<MovementKind, Decimal>> => {
  const totals = Object.fromEntries(MOVEMENT_KINDS.map((kind) => [kind, Decimal.zero])) as Record<
    MovementKind,
    Decimal
  >;
  for (const { kind, amount } of movements) totals[kind] = totals[kind].plus(amount);
  return totals;
};

export interface MrrBridge {
  readonly movements: Readonly<Record<MovementKind, Decimal>>;
  readonly net: Decimal;
  readonly closing: Decimal;
}

/** From opening to closing MRR: opening and all movements are the closing. */
export const mrrBridge = (opening: Decimal, movements: readonly Movement[]): MrrBridge => {
  const totals = movementTotals(movements);
  const net = Object.values(totals).reduce((total, amount) => total.plus(amount), Decimal.zero);
  return { movements: totals, net, closing: opening.plus(net) };
};
