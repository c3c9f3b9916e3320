export * from './invoices.projection.js';
