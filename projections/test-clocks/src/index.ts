export * from './test-clocks.projection.js';
export * from './test-clocks.query.js';
