export * from './readings.query.js';
export * from './usage-readings.query.js';
export * from './usage-report.query.js';
export * from './usage.projection.js';
