export * from './change-lines.js';
export * from './price-rules.js';
export * from './price.js';
export * from './proration.js';
export * from './rate.js';
export * from './rating.js';
