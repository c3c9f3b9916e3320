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

/** What is left to pay of each line when credit pays them in their order. */
export const creditOverLines = (lines: readonly bigint[], credit: bigint): bigint[] => {
  let left = credit;
  return lines.map((line) => {
    const [applied] = drained(line, [left]);
    left -= applied!;
    return line - applied!;
  });
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

export interface Settlement {
  /** Sum of the items. */
  readonly balance: bigint;
  readonly due: bigint;
  readonly creditGenerated: bigint;
  readonly creditUsed: bigint;
  readonly creditLeft: bigint;
}

/**
 * What an invoice's items come to against the customer's credit: a sum below zero becomes credit, a sum above it is paid from
 * credit first. (Kill Bill, `TestIntegrationInvoiceWithRepairLogic`.)
 */
export const settleItems = (items: readonly bigint[], creditBefore: bigint): Settlement => {
  const balance = items.reduce((total, item) => total + item, 0n);
  const creditGenerated = balance < 0n ? -balance : 0n;
  const { applied, due, left } = applyCredit(balance, creditBefore);
  return { balance, due, creditGenerated, creditUsed: applied, creditLeft: left + creditGenerated };
};
