export * from './key-ring.js';
export * from './master-key.js';
export * from './personal-keys.js';
export * from './sealed-answers.js';
export * from './sealed-personal-data.js';
export * from './search-tokens.js';
