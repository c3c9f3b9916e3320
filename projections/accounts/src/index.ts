export * from './accounts.projection.js';
