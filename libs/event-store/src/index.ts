export { type AppendPatience } from './appending.js';
export { connectionSettings, WrongConnectionString } from './connection-string.js';
export * from './event-store-db-log.js';
export { type SubscriptionWatch } from './following.js';
