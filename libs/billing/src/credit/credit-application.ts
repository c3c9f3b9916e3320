import { drained } from '#ledger';

/** What credit pays of a total, and what is then due; credit pays minimums and true-ups like everything else. */
export const applyCredit = (
  total: bigint,
  credit: bigint,
): { readonly applied: bigint; readonly due: bigint; readonly left: bigint } => {
  const payable = total > 0n ? total : 0n;
  const [applied = 0n] = drained(payable, [credit]);
  return { applied, due: payable - applied, left: credit - applied };
};

/** A credit is never more than was paid less what was credited before, and never below zero. */
export const capCredit = ({
  potential,
  paid,
  alreadyCredited,
}: {
  readonly potential: bigint;
  readonly paid: bigint;
  readonly alreadyCredited: bigint;
}): bigint => {
  const room = paid - alreadyCredited;
  const credit = potential < room ? potential : room;
  return credit > 0n ? credit : 0n;
};
