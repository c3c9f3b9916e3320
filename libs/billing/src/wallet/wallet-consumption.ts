import { drained } from '#ledger';

/** Credit in a wallet, in minor units: bought or given. */
export interface WalletGrant {
  readonly id: string;
  readonly amount: bigint;
  /** Lower is used first; among equals what came first. */
  readonly priority: number;
  readonly sequence: number;
}

/** What each grant pays of a use: kept, because bought and given credit are different revenue. */
export type WalletFunding = ReadonlyMap<string, bigint>;

export interface WalletConsumption {
  readonly fundings: readonly WalletFunding[];
  readonly remaining: ReadonlyMap<string, bigint>;
}

/**
 * Pays uses in their order from grants by priority, then age; a use takes what there is and no more. Every amount that goes out
 * names the grants that paid it. (Lago, `wallet_traceability_spec.rb`.)
 */
export const consumeWallet = (grants: readonly WalletGrant[], uses: readonly bigint[]): WalletConsumption => {
  const ordered = [...grants].sort((left, right) => left.priority - right.priority || left.sequence - right.sequence);
  const remaining = new Map(grants.map(({ id, amount }) => [id, amount]));
  const fundings = uses.map((use) => {
    const taken = drained(
      use,
      ordered.map(({ id }) => remaining.get(id)!),
    );
    const funding = new Map<string, bigint>();
    ordered.forEach(({ id }, index) => {
      const amount = taken[index]!;
      if (amount === 0n) return;
      funding.set(id, amount);
      remaining.set(id, remaining.get(id)! - amount);
    });
    return funding;
  });
  return { fundings, remaining };
};
