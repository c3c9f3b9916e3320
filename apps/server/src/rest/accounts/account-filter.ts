import type { TenantId } from '#kernel';
import type { SearchTokens } from '#personal-data';
import type { AccountFilter } from '#projections/accounts';
import { mapped } from '../../pipeline/mapped.js';
import type { AccountsQueryDto } from './accounts-query.dto.js';

/** Whether people are looked for by what is personal. */
export const seeksPerson = ({ name, email }: AccountsQueryDto): boolean => name !== undefined || email !== undefined;

/** What a caller asks of accounts, in the words of the read model. */
export const accountFilter = (tenantId: TenantId, tokens: SearchTokens, query: AccountsQueryDto): AccountFilter => ({
  ...mapped('accountId', query.externalId),
  ...mapped('status', query.status),
  ...mapped('currency', query.currency),
  ...mapped('parentAccountId', query.parentAccountId),
  ...mapped('test', query.test),
  ...mapped('openedFrom', query['openedAt[gte]']),
  ...mapped('openedTo', query['openedAt[lt]']),
  ...mapped('metadata', query.metadata),
  ...(seeksPerson(query)
    ? { tokens: tokens.sought(tenantId, { ...mapped('name', query.name), ...mapped('email', query.email) }) }
    : {}),
});
