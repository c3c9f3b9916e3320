export * from './tenant-directory.query.js';
export * from './tenants.projection.js';
export * from './tenants.query.js';
