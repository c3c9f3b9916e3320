export * from './ar-aging.projection.js';
export * from './ar-aging.query.js';
export * from './outstanding.query.js';
