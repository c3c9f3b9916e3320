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

export const PROJECTION_NAMES: readonly string[] = projectionsWith(() => []).map(({ name }) => name);
