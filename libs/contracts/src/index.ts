export * from './bank-entry-id.js';
export * from './event-chain.js';
export * from './event-codec.js';
export type { FactKind, Told } from './facts/fact.js';
export * from './facts/facts.js';
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
export * from './metadata.js';
export * from './published-event.js';
export * from './reading-digest.js';
export * from './reading-hashes.js';
export * from './streams.js';
export * from './timers.js';
export * from './usage-shards.js';
