import type { TenantSettingsChange } from '#billing/tenant';
import type { Configuration } from './configuration.js';

/** What the environment asks of the first tenant; it counts at the first start. */
export const firstTenantIn = ({
  RECOUNT_TENANT_NAME: name,
  RECOUNT_TENANT_LEGAL_NAME: legalName,
  RECOUNT_TENANT_TIME_ZONE: timeZone,
  RECOUNT_TENANT_NET_TERMS_DAYS: netTermsDays,
  RECOUNT_TENANT_INVOICE_PREFIX: prefix,
  RECOUNT_TENANT_INVOICE_DIGITS: digits,
}: Configuration): TenantSettingsChange => ({
  ...(name === undefined ? {} : { name }),
  ...(legalName === undefined ? {} : { legalName }),
  ...(timeZone === undefined ? {} : { timeZone }),
  ...(netTermsDays === undefined ? {} : { netTermsDays }),
  ...(prefix === undefined && digits === undefined
    ? {}
    : {
        invoiceNumbers: {
          ...(prefix === undefined ? {} : { prefix }),
          ...(digits === undefined ? {} : { digits }),
        },
      }),
});
