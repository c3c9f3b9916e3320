import type { BillingPolicy, Branding, MailSettings, TaxRate, TaxSettings, TestTenant, UsageShards } from '#contracts';
import type { Instant, LegalEntityId, TenantId } from '#kernel';
import type { InvoiceSeries, LegalEntity, PrefixHolder } from '../legal-entity/legal-entity.js';
import type { WebhookEndpoints } from '../webhook/webhook.js';
import type { KnownApiKeys } from './api-keys.js';

/** A business that bills through Recount, as its facts say. */
export interface Tenant {
  tenantId: TenantId | null;
  name: string;
  test: TestTenant | null;
  /** How many streams its usage is spread over. */
  usageShards: UsageShards | null;
  suspended: boolean;
  policy: BillingPolicy;
  /** Null before it was ever said. */
  mail: { readonly settings: MailSettings; readonly since: Instant } | null;
  taxSettings: TaxSettings;
  /** By code and day. */
  readonly taxRates: Map<string, TaxRate>;
  netTermsDays: number;
  /** Who issues the invoices, in the order in which they were defined. */
  readonly entities: Map<LegalEntityId, LegalEntity>;
  readonly invoiceSeries: Map<LegalEntityId, InvoiceSeries>;
  /** How documents of entities look, where something was said of it. */
  readonly brandings: Map<LegalEntityId, Branding>;
  /** Of the first entity; null where its credit notes share the series of the invoices, as those of all others do. */
  creditNoteNumberFormat: string | null;
  /** All that numbers ever began with: one that another series had stays its own. */
  readonly prefixes: Map<string, PrefixHolder>;
  readonly apiKeys: KnownApiKeys;
  readonly webhooks: WebhookEndpoints;
}
