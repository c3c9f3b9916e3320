export * from './event-log/event-log.contract.js';
export * from './event-log/faulty-event-log.js';
export * from './event-log/in-memory-event-log.js';
export * from './event-log/samples.js';
export * from './event-log/subscriptions.contract.js';
export * from './fixed-clock.js';
export * from './given-when-then.js';
export * from './moments.js';
