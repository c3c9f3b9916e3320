import {
  minusFraction,
  plusFraction,
  refuse,
  roundedFraction,
  timesFraction,
  fractionOf,
  type Fraction,
} from '#kernel';
import { sourceWaterfall, destinationWaterfall, type Drain, type WaterfallSource } from './waterfall.js';

/** A fixed share, or whatever the other shares leave. */
export type Portion = Fraction | 'remaining';

const WHOLE: Fraction = { numerator: 1n, denominator: 1n };
const NONE: Fraction = { numerator: 0n, denominator: 1n };

/**
 * Splits an amount by portions: every share is floored, then the missing units are handed out one by one from the top of the list.
 * Unlike allocation by largest remainder, the order of the list decides. (Formance Numscript, allotments.)
 * @throws DomainError `portions_exceed_one`, `portions_below_one`, `more_than_one_remaining`
 */
export const allotted = (amount: bigint, portions: readonly Portion[]): bigint[] => {
  const fixed = portions.filter((portion) => portion !== 'remaining');
  if (portions.length - fixed.length > 1)
    return refuse('more_than_one_remaining', 'Only one portion can be what the others leave.');
  const rest = minusFraction(WHOLE, fixed.reduce(plusFraction, NONE));
  if (rest.numerator < 0n) return refuse('portions_exceed_one', 'The portions are more than the whole.');
  if (rest.numerator > 0n && fixed.length === portions.length)
    return refuse('portions_below_one', 'The portions are less than the whole, and none is what is left.');
  const parts = portions.map((portion) =>
    roundedFraction(timesFraction(fractionOf(amount), portion === 'remaining' ? rest : portion), 'down'),
  );
  let missing = parts.reduce((left, part) => left - part, amount);
  return parts.map((part) => {
    if (missing === 0n) return part;
    missing -= 1n;
    return part + 1n;
  });
};

/**
 * An amount that is allotted, each part paid by a waterfall of its own; the parts share the balances, in order. Drains of one
 * source are merged.
 * @throws DomainError `insufficient_funds`
 */
export const allottedWaterfall = (
  amount: bigint,
  parts: readonly { readonly portion: Portion; readonly sources: readonly WaterfallSource[] }[],
  balances: ReadonlyMap<string, bigint>,
): readonly Drain[] => {
  const shares = allotted(
    amount,
    parts.map(({ portion }) => portion),
  );
  const merged = new Map<string, bigint>();
  let left = balances;
  parts.forEach(({ sources }, index) => {
    const part = sourceWaterfall(shares[index]!, sources, left);
    left = part.balances;
    for (const { source, amount: drained } of part.drains) merged.set(source, (merged.get(source) ?? 0n) + drained);
  });
  return [...merged].map(([source, drained]) => ({ source, amount: drained }));
};

export interface Receipt {
  readonly account: string;
  readonly amount: bigint;
}

/** An amount that is allotted to waterfalls of destinations. A share that has none, or too small ones, stays where it is. */
export const allottedDestinations = (
  amount: bigint,
  shares: readonly {
    readonly portion: Portion;
    readonly to: readonly { readonly account: string; readonly max: bigint | null }[];
  }[],
): { readonly receipts: readonly Receipt[]; readonly moved: bigint } => {
  const parts = allotted(
    amount,
    shares.map(({ portion }) => portion),
  );
  const received = new Map<string, bigint>();
  shares.forEach(({ to }, index) => {
    const filled = destinationWaterfall(
      parts[index]!,
      to.map(({ max }) => max),
    );
    to.forEach(({ account }, place) => received.set(account, (received.get(account) ?? 0n) + filled[place]!));
  });
  const receipts = [...received].map(([account, total]) => ({ account, amount: total }));
  return { receipts, moved: receipts.reduce((total, receipt) => total + receipt.amount, 0n) };
};
