import type { Projection } from '#projection';
import { accountSearchProjection, type TokensOf } from '#projections/account-search';
import { accountsProjection } from '#projections/accounts';
import { agendaProjection } from '#projections/agenda';
import { arAgingProjection } from '#projections/ar-aging';
import { auditLogProjection } from '#projections/audit-log';
import { billingRunsProjection } from '#projections/billing-runs';
import { bookProjection } from '#projections/book';
import { catalogProjection } from '#projections/catalog';
import { invoicesProjection } from '#projections/invoices';
import { mrrProjection } from '#projections/mrr';
import { paymentsProjection } from '#projections/payments';
import { subscriptionsProjection } from '#projections/subscriptions';
import { tenantsProjection } from '#projections/tenants';
import { testClocksProjection } from '#projections/test-clocks';
import { usageProjection } from '#projections/usage';

/** All that the server keeps; one of them has to open what is personal. */
export const projectionsWith = (tokensOf: TokensOf): readonly Projection[] => [
  accountSearchProjection(tokensOf),
  accountsProjection,
  agendaProjection,
  arAgingProjection,
  auditLogProjection,
  billingRunsProjection,
  bookProjection,
  catalogProjection,
  invoicesProjection,
  mrrProjection,
  paymentsProjection,
  subscriptionsProjection,
  tenantsProjection,
  testClocksProjection,
  usageProjection,
];

const PROJECTIONS = projectionsWith(() => []);

export const PROJECTION_NAMES: readonly string[] = PROJECTIONS.map(({ name }) => name);

/** What the worker decides by: it waits until these are counted as this version counts them. */
const DECIDING = new Set(['accounts', 'agenda', 'billing-runs', 'tenants', 'test-clocks', 'usage']);

/** The least version of each that is good enough: any, where nothing is decided by it. */
export const LEAST_VERSIONS: readonly number[] = PROJECTIONS.map(({ name, version }) =>
  DECIDING.has(name) ? version : 0,
);
