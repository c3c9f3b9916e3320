/**
 * `owner` migrates and rebuilds (the user of the connection string), `projector` writes read models of every tenant,
 * `api` sees the rows of the tenant that its transaction is bound to.
 */
export type Role = 'owner' | 'projector' | 'api';

export const ROLE_NAMES = { projector: 'recount_projector', api: 'recount_api' } as const;
