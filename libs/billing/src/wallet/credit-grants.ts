import {
  compareInstants,
  Decimal,
  isBefore,
  maxDecimal,
  minDecimal,
  plusLocalIntervals,
  type Instant,
  type Interval,
} from '#kernel';

/** Credit that is given at an instant and burnt down by usage until it expires or is voided. */
export interface CreditGrant {
  readonly id: string;
  readonly amount: Decimal;
  /** The lower is burnt first; of equal ones the one that expires first, then by id. */
  readonly priority: number;
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant | null;
  readonly voidedAt: Instant | null;
  /** Filled up to its amount again at every turn from the anchor on. */
  readonly recurs: { readonly interval: Interval; readonly anchor: Instant } | null;
  /** What stays of it at a reset: at least and at most; nothing, unless told. */
  readonly rolloverMinimum: Decimal;
  readonly rolloverMaximum: Decimal;
}

export interface CreditUsage {
  readonly at: Instant;
  readonly value: Decimal;
}

export interface CreditBurn {
  readonly start: Instant;
  readonly until: Instant;
  readonly grants: readonly CreditGrant[];
  readonly usage: readonly CreditUsage[];
  readonly resets: readonly Instant[];
  /** Whether overage outlives a reset. */
  readonly preserveOverage: boolean;
  /** What was left of grants at the start; others begin with their amount. */
  readonly openingBalances: ReadonlyMap<string, Decimal>;
}

export interface CreditBalances {
  readonly balances: ReadonlyMap<string, Decimal>;
  /** Usage that found no credit. It eats the next credit there is. */
  readonly overage: Decimal;
}

/** At one instant, what ends goes first, then resets, then what is given, and usage last. */
type Moment = { readonly at: Instant } & (
  | { readonly order: 0; readonly ends: CreditGrant }
  | { readonly order: 1 }
  | { readonly order: 2; readonly gives: CreditGrant }
  | { readonly order: 3; readonly uses: Decimal }
);

/** Burns credit down by priority, then earliest expiry, then id, moment by moment. (OpenMeter's grant engine.) */
export const burnCredit = (burn: CreditBurn): CreditBalances => {
  const { start, grants, preserveOverage, openingBalances } = burn;
  const balances = new Map(grants.map((grant) => [grant.id, openingBalance(grant, start, openingBalances)]));
  const byPriority = [...grants].sort(burntBefore);
  let overage = Decimal.zero;
  const take = (amount: Decimal): void => {
    overage = amount;
    for (const { id } of byPriority) {
      const taken = minDecimal(balances.get(id)!, overage);
      balances.set(id, balances.get(id)!.minus(taken));
      overage = overage.minus(taken);
    }
  };
  for (const moment of moments(burn)) {
    switch (moment.order) {
      case 0:
        balances.set(moment.ends.id, Decimal.zero);
        break;
      case 1:
        for (const grant of grants.filter((one) => isActive(one, moment.at))) {
          balances.set(grant.id, keptOf(balances.get(grant.id)!, grant.rolloverMinimum, grant.rolloverMaximum));
        }
        take(preserveOverage ? overage : Decimal.zero);
        break;
      case 2:
        balances.set(moment.gives.id, moment.gives.amount);
        take(overage);
        break;
      case 3:
        take(overage.plus(moment.uses));
    }
  }
  return { balances, overage };
};

/** What stays of credit at a reset: at least and at most. */
export const keptOf = (left: Decimal, minimum: Decimal, maximum: Decimal): Decimal =>
  minDecimal(maxDecimal(left, minimum), maximum);

const endOf = ({ expiresAt, voidedAt }: CreditGrant): Instant | null => {
  if (expiresAt === null || voidedAt === null) return expiresAt ?? voidedAt;
  return isBefore(voidedAt, expiresAt) ? voidedAt : expiresAt;
};

const isActive = (grant: CreditGrant, at: Instant): boolean => {
  const end = endOf(grant);
  return !isBefore(at, grant.effectiveAt) && (end === null || isBefore(at, end));
};

const openingBalance = (grant: CreditGrant, start: Instant, opening: CreditBurn['openingBalances']): Decimal =>
  isActive(grant, start) ? (opening.get(grant.id) ?? grant.amount) : Decimal.zero;

const burntBefore = (left: CreditGrant, right: CreditGrant): number => {
  if (left.priority !== right.priority) return left.priority - right.priority;
  if (left.expiresAt !== right.expiresAt) {
    if (left.expiresAt === null || right.expiresAt === null) return left.expiresAt === null ? 1 : -1;
    return compareInstants(left.expiresAt, right.expiresAt);
  }
  return left.id < right.id ? -1 : 1;
};

const moments = ({ start, until, grants, usage, resets }: CreditBurn): Moment[] => {
  const reached = (at: Instant): boolean => isBefore(start, at) && !isBefore(until, at);
  return [
    ...grants.flatMap((grant): Moment[] => {
      const end = endOf(grant);
      return [
        ...(end !== null && reached(end) ? [{ at: end, order: 0, ends: grant } as const] : []),
        ...givenAt(grant, until)
          .filter((at) => reached(at) && isActive(grant, at))
          .map((at) => ({ at, order: 2, gives: grant }) as const),
      ];
    }),
    ...resets.filter(reached).map((at) => ({ at, order: 1 }) as const),
    ...usage
      .filter(({ at }) => !isBefore(at, start) && isBefore(at, until))
      .map(({ at, value }) => ({ at, order: 3, uses: value }) as const),
  ].sort((left, right) => compareInstants(left.at, right.at) || left.order - right.order);
};

/** When it is given: as it takes effect, and at every turn after that. */
const givenAt = ({ effectiveAt, recurs }: CreditGrant, until: Instant): Instant[] => {
  if (recurs === null) return [effectiveAt];
  const turns: Instant[] = [effectiveAt];
  for (let times = 0; ; times++) {
    const at = plusLocalIntervals(recurs.anchor, recurs.interval, 'UTC', times);
    if (isBefore(until, at)) return turns;
    if (isBefore(effectiveAt, at)) turns.push(at);
  }
};
