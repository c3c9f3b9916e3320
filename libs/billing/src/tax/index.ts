export { DefineTaxRate, SetTaxSettings } from './use-cases/taxes.handlers.js';
export { AddTaxExemption, RemoveTaxExemption } from './use-cases/tax-exemptions.handlers.js';
export { exemptionsIn, type TaxExemptionCertificate } from './exemption.js';
export { buyerOf, type Buyer } from './buyer.js';
export { DEFAULT_TAX_SETTINGS } from './tax-settings.js';
export { documentTax, type TaxMethod } from './document-tax.js';
export { taxOn, compoundRate, effectiveTaxRate } from './tax.js';
