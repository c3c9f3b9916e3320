export * from './accounts.projection.js';
export * from './accounts.query.js';
