import { type Decimal } from '#kernel';
import { sumOf } from './mrr.js';

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

export const classifiedMovement = (
  before: Decimal,
  after: Decimal,
  wasCustomer: boolean,
): { readonly kind: MovementKind | null; readonly delta: Decimal } => ({
  kind: movementKind({ hadMrr: !before.isZero, hasMrr: !after.isZero, change: after.compare(before), wasCustomer }),
  delta: after.minus(before),
});

export interface MrrBridge {
  readonly movements: Readonly<Record<MovementKind, Decimal>>;
  readonly net: Decimal;
  readonly closing: Decimal;
}

/** From opening to closing MRR: opening and all movements, which carry their signs, are the closing. */
export const mrrBridge = (
  opening: Decimal,
  movements: readonly { readonly kind: MovementKind; readonly amount: Decimal }[],
): MrrBridge => {
  const byKind = Object.fromEntries(
    MOVEMENT_KINDS.map((kind) => [
      kind,
      sumOf(movements.filter((movement) => movement.kind === kind).map(({ amount }) => amount)),
    ]),
  ) as Record<MovementKind, Decimal>;
  const net = sumOf(Object.values(byKind));
  return { movements: byKind, net, closing: opening.plus(net) };
};
