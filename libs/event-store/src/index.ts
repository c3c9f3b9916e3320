export { type AppendPatience } from './appending.js';
export * from './event-store-db-log.js';
export { type OnInterruption } from './following.js';
