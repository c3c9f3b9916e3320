import type { Personal } from '#contracts';
import type { AccountId, TenantId } from '#kernel';
import type { Pool, TenantTransactions } from '#postgres';
import type { Projection } from './projection.js';

/** By which keyed hashes an account is found. Of an erased person, none: the key that opens the data is gone, also for a rebuild. */
export type TokensOf = (tenantId: TenantId, personal: Personal) => readonly string[];

/** Queries know no framework: each is made of the database as tenants see it, and of the pool behind that. */
export type Query<Made extends object = object> = new (database: TenantTransactions, pool: Pool) => Made;

/** One part of what is served of accounts, which `verify` compares with what the log says. Accounts without any are missing. */
export interface ServedPart {
  /** As `ServedAccount` of the replay names it. */
  readonly part: string;
  readonly query: Query;
  readonly of: (
    query: object,
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ) => Promise<ReadonlyMap<AccountId, unknown>>;
}

export const served = <Made extends object>(
  part: string,
  query: Query<Made>,
  of: (query: Made, tenantId: TenantId, accounts: readonly AccountId[]) => Promise<ReadonlyMap<AccountId, unknown>>,
): ServedPart => ({ part, query, of: of as ServedPart['of'] });

/** What one question is answered by. Each folder of `projections` exports one, and so enters it with the server. */
export interface ReadModel {
  readonly projection: Projection | ((tokensOf: TokensOf) => Projection);
  readonly queries?: readonly Query[];
  /** Whether the worker decides by it: it waits until this is counted as the running version counts it. */
  readonly decides?: true;
  /** Whether each row is of one account, and follows from its stream alone: `verify` makes them anew. */
  readonly rowsOfAccounts?: true;
  readonly served?: readonly ServedPart[];
}
