export { type TaxBehavior, type LineTaxRules, taxedLine } from './line-tax.js';
export { taxOn, compoundRate, effectiveTaxRate } from './tax.js';
