export * from './usage.projection.js';
