export * from './billing-runs.projection.js';
export * from './billing-runs.query.js';
