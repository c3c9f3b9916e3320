import type { AccountId, Event, Instant, LegalEntityId, TestClockId } from '#kernel';
import type { InvoiceItemEvent } from '../invoice-item/invoice-item.events.js';
import type { InvoiceEvent } from '../invoice/invoice.events.js';
import type { PaymentEvent } from '../payment/payment.events.js';
import type { SubscriptionEvent } from '../subscription/subscription.events.js';
import type { TransferEvent } from '../transfer/transfer.events.js';
import type { Personal } from './personal.js';

export type TaxStatus = 'taxable' | 'exempt';

export type AccountOpened = Event<
  'AccountOpened',
  {
    readonly accountId: AccountId;
    /** Keyed hash of the external id; the id itself is inside `personal`. */
    readonly externalIdHash?: string;
    readonly personal: Personal;
    readonly currency: string;
    readonly timeZone: string;
    readonly netTermsDays: number;
    readonly taxStatus: TaxStatus;
    readonly entityId: LegalEntityId;
    readonly parentAccountId?: AccountId;
    /** Outside all reports, with invoice numbers of its own. */
    readonly test?: true;
    /** The clock that it lives by; of test accounts alone. */
    readonly testClockId?: TestClockId;
    readonly metadata: Readonly<Record<string, string>>;
    readonly openedAt: Instant;
  }
>;
export type AccountContactChanged = Event<'AccountContactChanged', { readonly personal: Personal }>;
/** Another external id, or none. The old one is free from then on. */
export type AccountExternalIdChanged = Event<
  'AccountExternalIdChanged',
  {
    readonly externalIdHash?: string;
    /** Whole, with the external id in it. */
    readonly personal: Personal;
    /** The id that follows from the external id: its stream holds it for this account. */
    readonly heldAt?: AccountId;
    /** The same of the external id before. */
    readonly formerlyAt?: AccountId;
  }
>;
/** In the stream of the id that follows from an external id, where no account was opened: it belongs to this one. */
export type ExternalIdReserved = Event<'ExternalIdReserved', { readonly accountId: AccountId }>;
export type PaymentTermsChanged = Event<
  'PaymentTermsChanged',
  { readonly netTermsDays: number; readonly from: Instant }
>;
export type TaxStatusChanged = Event<'TaxStatusChanged', { readonly taxStatus: TaxStatus; readonly from: Instant }>;
/** Subscriptions that are created from then on turn in it; those that run keep theirs. */
export type AccountTimeZoneChanged = Event<
  'AccountTimeZoneChanged',
  { readonly timeZone: string; readonly from: Instant }
>;
/** None where it belongs to no other account any more. */
export type AccountParentChanged = Event<'AccountParentChanged', { readonly parentAccountId?: AccountId }>;
/** Whole, as it is from then on. */
export type AccountMetadataChanged = Event<
  'AccountMetadataChanged',
  { readonly metadata: Readonly<Record<string, string>> }
>;
export type AccountClosed = Event<'AccountClosed', { readonly reason?: string }>;

/** From here on, what was sealed with these keys is gone. */
export type PersonalDataErased = Event<
  'PersonalDataErased',
  { readonly keyIds: readonly string[]; readonly reason?: string }
>;

export type ProfileEvent =
  | AccountOpened
  | AccountContactChanged
  | AccountExternalIdChanged
  | ExternalIdReserved
  | PaymentTermsChanged
  | TaxStatusChanged
  | AccountTimeZoneChanged
  | AccountParentChanged
  | AccountMetadataChanged
  | AccountClosed
  | PersonalDataErased;

/** Everything that one account's stream may hold. */
export type AccountEvent =
  ProfileEvent | SubscriptionEvent | InvoiceEvent | InvoiceItemEvent | PaymentEvent | TransferEvent;
