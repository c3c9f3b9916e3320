export { showCredentialsOnLoopback } from './clear-credentials.js';
export { type AppendPatience } from './appending.js';
export { type Way } from './connection.js';
export { connectionSettings, WrongConnectionString } from './connection-string.js';
export * from './event-store-db-log.js';
export { lackingRights, type LogRight } from './rights.js';
export { type SubscriptionWatch } from './following.js';
export { SharedEventLog } from './shared-event-log.js';
