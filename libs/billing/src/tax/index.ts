export { DefineTaxRate, SetTaxSettings } from './use-cases/taxes.handlers.js';
export { AddTaxExemption, RemoveTaxExemption } from './use-cases/tax-exemptions.handlers.js';
export { exemptionsIn, type TaxExemptionCertificate } from './exemption.js';
export {
  OptionalTaxProvider,
  TaxProvider,
  TaxProviderFailed,
  TaxReportRefused,
  type QuotedTaxes,
  type TaxableDocument,
  type TaxDocumentReport,
  type TellDocument,
  type ToldDocument,
} from './ports/tax-provider.js';
export { taxTreatment } from './tax-treatment.js';
export { taxClassOf } from './tax-class.js';
export { buyerOf, type Buyer } from './buyer.js';
export { DEFAULT_TAX_SETTINGS } from './tax-settings.js';
export { taxOfGroups } from './tax-groups.js';
export { documentTax, type TaxMethod } from './document-tax.js';
export { taxOn, compoundRate, effectiveTaxRate } from './tax.js';
export type { TaxTerms } from './tax-terms.js';
