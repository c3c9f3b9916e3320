import type { BillingPolicy, Fact, MailSettings, TaxRate, TaxSettings, TestTenant, UsageShards } from '#contracts';
import type { ApiKeyId, Instant, LegalEntityId, SeriesId, TenantId } from '#kernel';
import type { BrandingCommand } from '../legal-entity/branding.decider.js';
import type { LegalEntityCommand } from '../legal-entity/legal-entity.decider.js';
import type { TimerCommand } from '../timer/timer-decisions.js';
import type { WebhookCommand } from '../webhook/webhook.commands.js';
import type { TenantSettingsChange } from './tenant-settings.js';

/** A test tenant does everything that a live one does, by the time that its test clock shows. For good. */
export type TenantMode = 'live' | 'test';

/** A role or a single permission. Keys of before say `tenant` for everything in it, `installation` for what looks after all of them. */
export type ApiKeyScope = string;

export type TenantCommand =
  | {
      readonly type: 'CreateTenant';
      readonly tenantId: TenantId;
      readonly name: string;
      readonly test?: TestTenant;
      readonly entityId: LegalEntityId;
      readonly seriesId: SeriesId;
      readonly timeZone: string;
      readonly firstKey: Fact<'ApiKeyIssued'>['data'];
      /** How many streams its usage is spread over, for good. */
      readonly usageShards: UsageShards;
      /** Other than what a tenant begins with. */
      readonly settings?: TenantSettingsChange;
    }
  | { readonly type: 'ChangeTenantSettings'; readonly change: TenantSettingsChange }
  | { readonly type: 'SetBillingPolicy'; readonly change: Partial<BillingPolicy> }
  | { readonly type: 'SetMailSettings'; readonly settings: MailSettings }
  | { readonly type: 'SetTaxSettings'; readonly settings: TaxSettings }
  | { readonly type: 'DefineTaxRate'; readonly rate: TaxRate }
  | {
      readonly type: 'SuspendTenant';
      readonly reason: string;
      /** The tenant whose credentials ask for it. */
      readonly by: TenantId;
    }
  | { readonly type: 'ReinstateTenant'; readonly reason?: string }
  | LegalEntityCommand
  | WebhookCommand
  | TimerCommand
  | BrandingCommand
  | ApiKeyCommand;

export type ApiKeyCommand =
  | { readonly type: 'IssueApiKey'; readonly key: Fact<'ApiKeyIssued'>['data']; readonly now: Instant }
  | {
      readonly type: 'RotateApiKey';
      readonly keyId: ApiKeyId;
      /** What is its own; the rest it has from the key that it replaces. */
      readonly successor: Pick<Fact<'ApiKeyIssued'>['data'], 'keyId' | 'hash' | 'expiresAt' | 'issuedBy'>;
      /** How long both open. */
      readonly until: Instant;
      readonly now: Instant;
    }
  | {
      readonly type: 'RevokeApiKey';
      readonly keyId: ApiKeyId;
      /** And what it issued, directly or not. */
      readonly cascade?: boolean;
    };
