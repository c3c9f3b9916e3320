export { type DiscountInput, ApplyDiscount, RemoveDiscount } from './use-cases/discount.handlers.js';
export { ApplyAccountDiscount, RemoveAccountDiscount } from './use-cases/account-discount.handlers.js';
export {
  type AccountDiscountRecord,
  accountDiscountRecord,
  type DiscountRecord,
  discountRecord,
} from './discount.record.js';
export { isInWindow, poolOf } from './applied-discount.js';
export { type Discount, percentOf, stackedDiscounts, discountedCycles } from './discount.js';
export { type PooledDiscount, distributeDiscount } from './pooled-discount.js';
