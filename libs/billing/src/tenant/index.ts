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
export { type BillingTerms, type Issuer, type LegalEntityRecord, issuerOf, Tenants } from './use-cases/tenants.js';
export { DEFAULT_BILLING_POLICY } from './billing-policy.js';
export { type InvoiceNumbers, INVOICE_PREFIX, INVOICE_PREFIX_RULE, invoiceNumbersIn } from './invoice-numbers.js';
export { type TenantSettingsChange, creditNoteNumbersIn } from './tenant-settings.js';
export type { TenantMode, ApiKeyScope } from './tenant.commands.js';
