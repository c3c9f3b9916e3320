export * from './account-fold.js';
export * from './account-history.js';
export * from './account-snapshot.js';
export * from './as-of.js';
export * from './usage-fold.js';
export * from './verify/difference.js';
export * from './verify/verify-accounts.js';
export * from './verify/row-check.js';
