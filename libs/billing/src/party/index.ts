export { TaxIdFormats } from './ports/tax-id-formats.js';
export { OptionalTaxIdRegistry, TaxIdRegistry, type TaxIdAnswer } from './ports/tax-id-registry.js';
export { taxIdChecksIn, type TaxIdCheck, type TaxIdResult } from './tax-id-check.js';
export { CheckTaxIds } from './use-cases/check-tax-ids.handler.js';
export { buyerIn, taxIdsIn } from './party.js';
