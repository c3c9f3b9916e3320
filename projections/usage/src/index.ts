export * from './readings.query.js';
export * from './top-consumers.query.js';
export type { ReadingsCut } from './current-readings.js';
export * from './usage-readings.query.js';
export * from './usage-report.query.js';
export * from './usage.projection.js';
