export * from './mrr.projection.js';
export * from './mrr.query.js';
