export * from './book.projection.js';
export * from './book.query.js';
export type * from './ledger-totals.js';
export * from './trial-balance.query.js';
