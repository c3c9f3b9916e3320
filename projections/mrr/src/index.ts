export * from './mrr.projection.js';
export * from './monthly-amount.js';
export * from './mrr.query.js';
