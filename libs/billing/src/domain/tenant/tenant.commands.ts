import type { ApiKeyId, LegalEntityId, SeriesId, TenantId } from '#kernel';
import type { BillingPolicy } from './billing-policy.js';
import type { ApiKeyIssued } from './tenant.events.js';

export type TenantCommand =
  | {
      readonly type: 'CreateTenant';
      readonly tenantId: TenantId;
      readonly name: string;
      readonly entityId: LegalEntityId;
      readonly seriesId: SeriesId;
      readonly timeZone: string;
      readonly firstKey: ApiKeyIssued['data'];
    }
  | { readonly type: 'SetBillingPolicy'; readonly change: Partial<BillingPolicy> }
  | { readonly type: 'IssueApiKey'; readonly key: ApiKeyIssued['data'] }
  | { readonly type: 'RevokeApiKey'; readonly keyId: ApiKeyId };
