export * from './event-chain.js';
export * from './event-codec.js';
export type { TaxStatus } from './facts/account.js';
export type * from './facts/catalog.js';
export type { FactKind, Told } from './facts/fact.js';
export * from './facts/facts.js';
export type { ByHand, ItemLine } from './facts/invoice-item.js';
export type * from './facts/invoice-shapes.js';
export type { CreditCause, CreditPart, InvoicePart } from './facts/payment.js';
export { isPublicEventType, PUBLIC_EVENTS, type PublicEventKind, type PublicEventType } from './facts/public-events.js';
export type {
  BillingSchedule,
  Metadata,
  Personal,
  Timer,
  TrialTerms,
  UsageCuts,
  ZeroInvoices,
} from './facts/shapes.js';
export type { Activation } from './facts/subscription.js';
export type { BillingPolicy, TenantSettings, TestTenant } from './facts/tenant.js';
export type { ChangeKind } from './facts/timeline-changes.js';
export type {
  ChangeOptions,
  ChangeProration,
  CreditPolicy,
  EndCredit,
  LocalDays,
  Overrides,
  OverridesChange,
  Quantities,
  RecurringChange,
  RecurringTerm,
  Segment,
  SegmentStatus,
  Terms,
  TermsDelta,
  TimelineTold,
} from './facts/timeline-shapes.js';
export type { CorrectedReading, Reading } from './facts/usage.js';
export * from './metadata.js';
export * from './published-event.js';
export * from './reading-digest.js';
export * from './streams.js';
