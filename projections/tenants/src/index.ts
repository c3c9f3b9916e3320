export * from './tenants.projection.js';
export * from './tenants.query.js';
