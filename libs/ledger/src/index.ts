export * from './book.js';
export * from './ledger-account.js';
export * from './transfer.js';
