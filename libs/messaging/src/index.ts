export type { PublishedMessage } from './acknowledged-publication.js';
export * from './event-publication.js';
export * from './messages.js';
