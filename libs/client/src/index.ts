export * from './api-client.js';
export * from './api-problem.js';
export * from './recount-client.js';
export * from './request-token.js';
export type { components, operations, paths } from './schema.js';
