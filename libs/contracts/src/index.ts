export * from './event-codec.js';
export type { StoredEvent } from './events/stored-event.js';
export * from './metadata.js';
export * from './reading-digest.js';
export * from './stored-events.js';
export * from './streams.js';
