import type { ApiKeyId, Event, LegalEntityId, SeriesId, TenantId } from '#kernel';
import type { BillingPolicy } from './billing-policy.js';

export type TenantCreated = Event<'TenantCreated', { readonly tenantId: TenantId; readonly name: string }>;
export type BillingPolicySet = Event<'BillingPolicySet', BillingPolicy>;

export type LegalEntityDefined = Event<
  'LegalEntityDefined',
  {
    readonly entityId: LegalEntityId;
    /** The zone of the books: it decides which day a transfer is booked on and an invoice issued. */
    readonly timeZone: string;
  }
>;

export type NumberSeriesOpened = Event<
  'NumberSeriesOpened',
  {
    readonly seriesId: SeriesId;
    readonly entityId: LegalEntityId;
    readonly documentKind: 'invoice';
    /** `{year}` of the issue date and `{sequence:n}`, padded to n digits. */
    readonly format: string;
    readonly start: number;
  }
>;

export type ApiKeyScope = 'tenant' | 'installation';

export type ApiKeyIssued = Event<
  'ApiKeyIssued',
  {
    readonly keyId: ApiKeyId;
    readonly name: string;
    /** SHA-256 of the whole key, in hex; the key itself is shown once and kept nowhere. */
    readonly hash: string;
    readonly scopes: readonly ApiKeyScope[];
  }
>;
export type ApiKeyRevoked = Event<'ApiKeyRevoked', { readonly keyId: ApiKeyId }>;

export type TenantEvent =
  TenantCreated | BillingPolicySet | LegalEntityDefined | NumberSeriesOpened | ApiKeyIssued | ApiKeyRevoked;
