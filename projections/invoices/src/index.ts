export * from './invoice-numbers.query.js';
export * from './invoices.projection.js';
export * from './invoices.query.js';
