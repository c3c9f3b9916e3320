/** One debit and one credit of one amount, as a journal writes it. */
export interface JournalEntry {
  readonly debit: string;
  readonly credit: string;
  readonly amount: bigint;
}

/** Debits less credits of each account; over all accounts they sum to zero, whatever the journal says. */
export const netDebits = (entries: readonly JournalEntry[]): ReadonlyMap<string, bigint> => {
  const net = new Map<string, bigint>();
  for (const { debit, credit, amount } of entries) {
    net.set(debit, (net.get(debit) ?? 0n) + amount);
    net.set(credit, (net.get(credit) ?? 0n) - amount);
  }
  return net;
};
