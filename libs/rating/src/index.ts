export * from './price-rules.js';
export * from './price.js';
export * from './rate.js';
export * from './rating.js';
