export * from './billing-runs.projection.js';
