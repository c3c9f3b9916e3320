export { type Discount, stackedDiscounts, discountedCycles, percentPerLineAndPooled } from './discount.js';
export { type PooledDiscount, distributeDiscount } from './pooled-discount.js';
