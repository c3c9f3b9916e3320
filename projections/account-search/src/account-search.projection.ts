import type { Stored, Personal, AccountFact } from '#contracts';
import { projection, table, type Projection, type RowChanges, type TokensOf } from '#projection';

/** By which keyed hashes an account is found: of its words and its e-mail address, never these themselves. */
export const accountSearch = table({
  name: 'account_search',
  columns: { tenant_id: 'text', account_id: 'text', tokens: 'jsonb' },
  key: ['tenant_id', 'account_id'],
  containment: ['tokens'],
});

/** The one projection that opens personal data: what it writes tells nobody anything without the tenant's key. */
export const accountSearchProjection = (tokensOf: TokensOf): Projection => {
  const index = ({ metadata }: Stored<AccountFact>, personal: Personal, rows: RowChanges): void => {
    const key = { tenant_id: metadata.tenantId!, account_id: metadata.accountId! };
    const tokens = tokensOf(metadata.tenantId!, personal);
    if (tokens.length === 0) rows.remove(accountSearch, key);
    else rows.put(accountSearch, { ...key, tokens });
  };
  return projection<AccountFact>({
    name: 'account-search',
    version: 1,
    tables: [accountSearch],
    on: {
      AccountOpened: (event, rows) => index(event, event.fact.data.personal, rows),
      AccountContactChanged: (event, rows) => index(event, event.fact.data.personal, rows),
      PersonalDataErased: ({ metadata }, rows) =>
        rows.remove(accountSearch, { tenant_id: metadata.tenantId!, account_id: metadata.accountId! }),
    },
  });
};
