export * from './catalog.projection.js';
