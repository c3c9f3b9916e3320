export {
  type ApiKeyRecord,
  type TenantRecord,
  CreateTenant,
  SetBillingPolicy,
  ChangeTenantSettings,
  ChangeApiKeys,
  ChangeTenantStanding,
} from './use-cases/tenant.handlers.js';
export { TenantTime } from './use-cases/tenant-time.js';
export { Tenants } from './use-cases/tenants.js';
export { DEFAULT_BILLING_POLICY } from './billing-policy.js';
export {
  type TenantSettingsChange,
  INVOICE_PREFIX,
  INVOICE_PREFIX_RULE,
  creditNoteNumbersIn,
  invoiceNumbersIn,
} from './tenant-settings.js';
export type { TenantMode, ApiKeyScope } from './tenant.commands.js';
