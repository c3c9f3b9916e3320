import { served, type ReadModel } from '#projection';
import { creditNotesProjection } from './credit-notes.projection.js';
import { CreditNotesQuery } from './credit-notes.query.js';

export * from './credit-notes.projection.js';
export * from './credit-notes.query.js';

export const readModel: ReadModel = {
  projection: creditNotesProjection,
  queries: [CreditNotesQuery],
  served: [
    served('creditNotes', CreditNotesQuery, async (query, tenantId, accounts) =>
      Map.groupBy(await query.ofAccounts(tenantId, accounts), ({ accountId }) => accountId),
    ),
  ],
};
