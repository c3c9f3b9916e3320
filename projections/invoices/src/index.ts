export * from './invoices.projection.js';
export * from './invoices.query.js';
