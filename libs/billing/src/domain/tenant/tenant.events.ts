import type { ApiKeyId, Event, Instant, LegalEntityId, SeriesId, TenantId, TestClockId } from '#kernel';
import type { BillingPolicy } from './billing-policy.js';
import type { TenantSettings } from './tenant-settings.js';

/** A test tenant does everything that a live one does, by the time that its test clock shows. For good. */
export type TenantMode = 'live' | 'test';

export type TenantCreated = Event<
  'TenantCreated',
  {
    readonly tenantId: TenantId;
    readonly name: string;
    /** A live tenant has none. */
    readonly test?: TestTenant;
  }
>;

export interface TestTenant {
  /** What the tenant goes by, and each of its accounts that names no other. */
  readonly clockId: TestClockId;
}

/** What the tenant goes by from now on, whole. A number that was given stays, and the sequence goes on. */
export type TenantSettingsChanged = Event<'TenantSettingsChanged', TenantSettings>;

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

/** Nobody of the tenant comes in, and nothing of it falls due, until it is reinstated. */
export type TenantSuspended = Event<'TenantSuspended', { readonly reason: string }>;
export type TenantReinstated = Event<'TenantReinstated', { readonly reason?: string }>;

/** A role or a single permission. Keys of before say `tenant` for everything in it, `installation` for what looks after all of them. */
export type ApiKeyScope = string;

export type ApiKeyIssued = Event<
  'ApiKeyIssued',
  {
    readonly keyId: ApiKeyId;
    readonly name: string;
    /** SHA-256 of the whole key, in hex; the key itself is shown once and kept nowhere. */
    readonly hash: string;
    readonly scopes: readonly ApiKeyScope[];
    /** It opens nothing from then on. */
    readonly expiresAt?: Instant;
    /** Instead of what the installation allows a key. */
    readonly requestsPerHour?: number;
    /** The key that asked for it: neither its life nor its limit goes beyond that one's. */
    readonly issuedBy?: ApiKeyId;
    /** The key whose place it takes, which opens nothing from then on. */
    readonly replaces?: { readonly keyId: ApiKeyId; readonly until: Instant };
  }
>;
export type ApiKeyRevoked = Event<
  'ApiKeyRevoked',
  {
    readonly keyId: ApiKeyId;
    /** What it issued, directly or not, revoked with it. */
    readonly heirs?: readonly ApiKeyId[];
  }
>;
export type ApiKeyEvent = ApiKeyIssued | ApiKeyRevoked;

export type TenantEvent =
  | TenantCreated
  | TenantSuspended
  | TenantReinstated
  | TenantSettingsChanged
  | BillingPolicySet
  | LegalEntityDefined
  | NumberSeriesOpened
  | ApiKeyEvent;
