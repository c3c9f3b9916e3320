import { refuse } from '#kernel';

/**
 * Takes an amount from what is there, in order, until it is covered; answers what each gives. A shortfall is the caller's to
 * see: the parts then sum to less. Amounts are integers of one unit; what is below zero gives nothing.
 */
export const drained = (amount: bigint, available: readonly bigint[]): bigint[] => {
  let left = amount;
  return available.map((there) => {
    const given = there < left ? there : left;
    if (given <= 0n) return 0n;
    left -= given;
    return given;
  });
};

/** An account that pays in its turn. */
export interface WaterfallSource {
  readonly account: string;
  /** How far below zero it may go; 0 is not at all. */
  readonly overdraft: bigint | 'unbounded';
  /** The most that it gives here; `null` has no limit. */
  readonly max: bigint | null;
}

export interface Drain {
  readonly source: string;
  readonly amount: bigint;
}

/**
 * Drains sources in order, each down to its overdraft and no further than its maximum: all of the amount or nothing. An account that
 * stands in the list twice has, the second time, what the first left. Gives the drains and the balances after them.
 * (Formance Numscript, `source = { … }`.)
 * @throws DomainError `insufficient_funds`
 */
export const sourceWaterfall = (
  amount: bigint,
  sources: readonly WaterfallSource[],
  balances: ReadonlyMap<string, bigint>,
): { readonly drains: readonly Drain[]; readonly balances: ReadonlyMap<string, bigint> } => {
  const after = new Map(balances);
  const drains: Drain[] = [];
  let left = amount;
  for (const { account, overdraft, max } of sources) {
    const balance = after.get(account) ?? 0n;
    const there = overdraft === 'unbounded' ? left : balance + overdraft;
    const [given] = drained(left, [max !== null && max < there ? max : there]);
    if (given === 0n) continue;
    drains.push({ source: account, amount: given! });
    after.set(account, balance - given!);
    left -= given!;
  }
  return left > 0n ? insufficient(amount) : { drains, balances: after };
};

const insufficient = (amount: bigint): never =>
  refuse('insufficient_funds', `The sources do not have ${amount} together.`);

/** What each destination receives when they are filled in order, each up to its maximum; what fits nowhere stays. */
export const destinationWaterfall = (amount: bigint, maxima: readonly (bigint | null)[]): bigint[] =>
  drained(
    amount,
    maxima.map((max) => max ?? amount),
  );

export interface Move {
  readonly source: string;
  readonly destination: string;
  readonly amount: bigint;
}

/**
 * Moves one after the other, each from what the ones before it left: all of them or none.
 * @throws DomainError `insufficient_funds`
 */
export const sequentialMoves = (
  balances: ReadonlyMap<string, bigint>,
  moves: readonly Move[],
): ReadonlyMap<string, bigint> =>
  moves.reduce((before, { source, destination, amount }) => {
    const drained = sourceWaterfall(amount, [{ account: source, overdraft: 0n, max: null }], before);
    const after = new Map(drained.balances);
    return after.set(destination, (after.get(destination) ?? 0n) + amount);
  }, balances);
