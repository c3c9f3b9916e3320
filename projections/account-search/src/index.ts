export * from './account-search.projection.js';
