export * from './tenants.projection.js';
