import { drained } from '#ledger';
import { compareInstants, type Instant } from '#kernel';

/** Credit that pays, in minor units. */
export interface FundingGrant {
  readonly id: string;
  readonly amount: bigint;
  /** Lower is used first; of equal ones, what expires first, then what was given rather than bought, then what came first. */
  readonly priority: number;
  readonly sequence: number;
  readonly expiresAt?: Instant | undefined;
  readonly bought?: boolean;
}

/** What each grant pays of a use: kept, because bought and given credit are different revenue. */
export type WalletFunding = ReadonlyMap<string, bigint>;

export interface WalletConsumption {
  readonly fundings: readonly WalletFunding[];
  readonly remaining: ReadonlyMap<string, bigint>;
}

/**
 * Pays uses in their order from the grants that may pay them, by priority; a use takes what there is and no more. Every amount that goes out
 * names the grants that paid it. (Lago, `wallet_traceability_spec.rb`.)
 */
export const consumeWallet = <Grant extends FundingGrant>(
  grants: readonly Grant[],
  uses: readonly bigint[],
  mayPay: (grant: Grant, use: number) => boolean = () => true,
): WalletConsumption => {
  const ordered = [...grants].sort(usedBefore);
  const remaining = new Map(grants.map(({ id, amount }) => [id, amount]));
  const fundings = uses.map((use, index) => {
    const eligible = ordered.filter((grant) => mayPay(grant, index));
    const taken = drained(
      use,
      eligible.map(({ id }) => remaining.get(id)!),
    );
    const funding = new Map<string, bigint>();
    eligible.forEach(({ id }, place) => {
      const amount = taken[place]!;
      if (amount === 0n) return;
      funding.set(id, amount);
      remaining.set(id, remaining.get(id)! - amount);
    });
    return funding;
  });
  return { fundings, remaining };
};

const usedBefore = (left: FundingGrant, right: FundingGrant): number =>
  left.priority - right.priority ||
  expiry(left.expiresAt, right.expiresAt) ||
  Number(left.bought ?? false) - Number(right.bought ?? false) ||
  left.sequence - right.sequence;

/** What never expires comes last. */
const expiry = (left: Instant | undefined, right: Instant | undefined): number => {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return compareInstants(left, right);
};
