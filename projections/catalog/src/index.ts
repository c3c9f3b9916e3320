export * from './catalog.projection.js';
export * from './catalog.query.js';
