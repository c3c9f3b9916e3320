export * from './ar-aging.js';
export * from './monthly-amount.js';
export * from './movement.js';
export * from './mrr.js';
export * from './rates.js';
