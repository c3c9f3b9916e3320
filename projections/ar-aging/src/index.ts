export * from './ar-aging.projection.js';
