export * from './event-chain.js';
export * from './event-codec.js';
export type { StoredEvent } from './events/stored-event.js';
export * from './metadata.js';
export {
  isPublicEventType,
  PUBLIC_EVENTS,
  PUBLICITY,
  type PublicEventKind,
  type PublicEventType,
} from './public-events/public-events.js';
export * from './public-events/published-event.js';
export * from './reading-digest.js';
export * from './stored-events.js';
export * from './streams.js';
