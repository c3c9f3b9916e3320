export { TaxIdFormats } from './ports/tax-id-formats.js';
export { buyerIn, taxIdsIn } from './party.js';
