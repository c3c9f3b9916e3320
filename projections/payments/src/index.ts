export * from './payments.projection.js';
