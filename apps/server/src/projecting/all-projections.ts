import type { Projection } from '#projection';
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

export const PROJECTIONS: readonly Projection[] = [
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
