import { majorUnits, type Money } from '#kernel';
import type { Days } from '../days.js';
import {
  E_PROFILES,
  type CreditTransfer,
  type EAddress,
  type EInvoice,
  type ELine,
  type EParty,
  type EProfile,
} from './e-invoice.js';
import { element, xmlDocument, type Element } from './xml.js';

const NAMESPACES = {
  xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/** An invoice in UBL 2.1, in the order of its schema. */
export const ublOf = (invoice: EInvoice, profile: EProfile): string => {
  const { specification, process } = E_PROFILES[profile];
  const [period, invoiceLines] = [periodOf(invoice.period), invoice.lines.map(lineOf)];
  return xmlDocument(
    element(
      'Invoice',
      [
        element('cbc:CustomizationID', specification),
        element('cbc:ProfileID', process),
        element('cbc:ID', invoice.number),
        element('cbc:IssueDate', invoice.issueDate ?? undefined),
        element('cbc:DueDate', invoice.dueDate ?? undefined),
        element('cbc:InvoiceTypeCode', '380'),
        ...invoice.notes.map((note) => element('cbc:Note', note)),
        element('cbc:DocumentCurrencyCode', invoice.currency),
        element('cbc:BuyerReference', invoice.buyerReference),
        period,
        element('cac:OrderReference', [element('cbc:ID', invoice.purchaseOrder)]),
        element('cac:AccountingSupplierParty', [partyOf(invoice.seller, true)]),
        element('cac:AccountingCustomerParty', [partyOf(invoice.buyer, false)]),
        element('cac:Delivery', [element('cac:DeliveryLocation', [addressOf('cac:Address', invoice.deliverTo)])]),
        ...invoice.creditTransfers.map(paymentMeansOf),
        taxTotalOf(invoice),
        totalsOf(invoice),
        ...invoiceLines,
      ],
      NAMESPACES,
    )!,
  );
};

const amount = (name: string, money: Money): Element | undefined =>
  element(`cbc:${name}`, majorUnits(money), { currencyID: money.currency });

const periodOf = ({ first, last }: Days): Element | undefined =>
  element('cac:InvoicePeriod', [element('cbc:StartDate', first), element('cbc:EndDate', last)]);

const VAT = element('cac:TaxScheme', [element('cbc:ID', 'VAT')]);

const partyOf = (party: EParty, sells: boolean): Element | undefined => {
  const taxScheme = (id: string | undefined, scheme: Element | undefined) =>
    id === undefined ? undefined : element('cac:PartyTaxScheme', [element('cbc:CompanyID', id), scheme]);
  return element('cac:Party', [
    element('cbc:EndpointID', party.email, { schemeID: 'EM' }),
    element('cac:PartyIdentification', [element('cbc:ID', party.identifier)]),
    addressOf('cac:PostalAddress', party.address),
    taxScheme(party.vatId, VAT),
    taxScheme(sells ? party.taxNumber : undefined, element('cac:TaxScheme', [element('cbc:ID', 'TAX')])),
    element('cac:PartyLegalEntity', [
      element('cbc:RegistrationName', party.name),
      element('cbc:CompanyID', party.registration),
    ]),
    element('cac:Contact', [
      element('cbc:Name', party.phone === undefined && party.email === undefined ? undefined : party.name),
      element('cbc:Telephone', party.phone),
      element('cbc:ElectronicMail', party.email),
    ]),
  ]);
};

const addressOf = (
  name: string,
  { line1, line2, city, postalCode, region, country }: EAddress = {},
): Element | undefined =>
  element(name, [
    element('cbc:StreetName', line1),
    element('cbc:AdditionalStreetName', line2),
    element('cbc:CityName', city),
    element('cbc:PostalZone', postalCode),
    element('cbc:CountrySubentity', region),
    element('cac:Country', [element('cbc:IdentificationCode', country)]),
  ]);

const paymentMeansOf = ({ means, account, holder, bic }: CreditTransfer): Element | undefined =>
  element('cac:PaymentMeans', [
    element('cbc:PaymentMeansCode', means),
    element('cac:PayeeFinancialAccount', [
      element('cbc:ID', account),
      element('cbc:Name', holder),
      element('cac:FinancialInstitutionBranch', [element('cbc:ID', bic)]),
    ]),
  ]);

const taxTotalOf = ({ vat, totals }: EInvoice): Element | undefined =>
  element('cac:TaxTotal', [
    amount('TaxAmount', totals.tax),
    ...vat.map((part) =>
      element('cac:TaxSubtotal', [
        amount('TaxableAmount', part.base),
        amount('TaxAmount', part.amount),
        categoryOf('cac:TaxCategory', part, [
          element('cbc:TaxExemptionReasonCode', part.reasonCode),
          element('cbc:TaxExemptionReason', part.reason),
        ]),
      ]),
    ),
  ]);

const categoryOf = (
  name: string,
  { category, rate }: ELine['vat'],
  reasons: readonly (Element | undefined)[] = [],
): Element | undefined => element(name, [element('cbc:ID', category), element('cbc:Percent', rate), ...reasons, VAT]);

const totalsOf = ({ totals: { net, gross, paid, due } }: EInvoice): Element | undefined =>
  element('cac:LegalMonetaryTotal', [
    amount('LineExtensionAmount', net),
    amount('TaxExclusiveAmount', net),
    amount('TaxInclusiveAmount', gross),
    paid.minor === 0n ? undefined : amount('PrepaidAmount', paid),
    amount('PayableAmount', due),
  ]);

/** UNCL5189: a discount. */
const DISCOUNT_CODE = '95';
const UNIT = { unitCode: 'C62' };

const lineOf = (line: ELine): Element | undefined =>
  element('cac:InvoiceLine', [
    element('cbc:ID', line.id),
    element('cbc:InvoicedQuantity', line.quantity, UNIT),
    amount('LineExtensionAmount', line.net),
    periodOf(line.period),
    ...line.allowances.map(({ reason, amount: off }) =>
      element('cac:AllowanceCharge', [
        element('cbc:ChargeIndicator', 'false'),
        element('cbc:AllowanceChargeReasonCode', DISCOUNT_CODE),
        element('cbc:AllowanceChargeReason', reason),
        amount('Amount', off),
      ]),
    ),
    element('cac:Item', [
      element('cbc:Description', line.description),
      element('cbc:Name', line.name),
      categoryOf('cac:ClassifiedTaxCategory', line.vat),
    ]),
    element('cac:Price', [
      element('cbc:PriceAmount', line.price.amount, { currencyID: line.net.currency }),
      line.price.per === '1' ? undefined : element('cbc:BaseQuantity', line.price.per, UNIT),
    ]),
  ]);
