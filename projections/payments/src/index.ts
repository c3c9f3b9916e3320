export * from './payments.projection.js';
export * from './payments.query.js';
