export * from './event-publication.js';
export * from './messages.js';
