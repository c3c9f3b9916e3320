import { majorUnits, type Money } from '#kernel';
import type { Days } from '../days.js';
import type { PrecedingDocument } from '../document-source.js';
import {
  E_PROFILES,
  type EAddress,
  type EInvoice,
  type ELine,
  type EParty,
  type EProfile,
  type PaymentMeans,
} from './e-invoice.js';
import { electronicAddressOf } from './electronic-address.js';
import { element, xmlDocument, type Element } from './xml.js';

const NAMESPACES = {
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/** What is called otherwise of an invoice and of a credit note. */
const NAMES = {
  '380': {
    root: 'Invoice',
    type: 'cbc:InvoiceTypeCode',
    line: 'cac:InvoiceLine',
    quantity: 'cbc:InvoicedQuantity',
  },
  '381': {
    root: 'CreditNote',
    type: 'cbc:CreditNoteTypeCode',
    line: 'cac:CreditNoteLine',
    quantity: 'cbc:CreditedQuantity',
  },
} as const;
type Names = (typeof NAMES)[keyof typeof NAMES];

/** An invoice or a credit note in UBL 2.1, in the order of their schemas. */
export const ublOf = (invoice: EInvoice, profile: EProfile): string => {
  const { specification, process } = E_PROFILES[profile];
  const names = NAMES[invoice.type];
  const [period, lines] = [periodOf(invoice.period), invoice.lines.map((line) => lineOf(line, names))];
  return xmlDocument(
    element(
      names.root,
      [
        element('cbc:CustomizationID', specification),
        element('cbc:ProfileID', process),
        element('cbc:ID', invoice.number),
        element('cbc:IssueDate', invoice.issueDate ?? undefined),
        element('cbc:DueDate', invoice.dueDate ?? undefined),
        element(names.type, invoice.type),
        ...invoice.notes.map((note) => element('cbc:Note', note)),
        element('cbc:DocumentCurrencyCode', invoice.currency),
        element('cbc:BuyerReference', invoice.buyerReference),
        period,
        element('cac:OrderReference', [element('cbc:ID', invoice.purchaseOrder)]),
        ...invoice.preceding.map(precedingOf),
        element('cac:AccountingSupplierParty', [partyOf(invoice.seller, profile, true)]),
        element('cac:AccountingCustomerParty', [partyOf(invoice.buyer, profile, false)]),
        element('cac:Delivery', [element('cac:DeliveryLocation', [addressOf('cac:Address', invoice.deliverTo)])]),
        ...invoice.paymentMeans.map((payment) => paymentMeansOf(payment, invoice.paymentReference)),
        element('cac:PaymentTerms', [element('cbc:Note', invoice.paymentTerms)]),
        taxTotalOf(invoice),
        totalsOf(invoice),
        ...lines,
      ],
      { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${names.root}-2`, ...NAMESPACES },
    )!,
  );
};

const amount = (name: string, money: Money): Element | undefined =>
  element(`cbc:${name}`, majorUnits(money), { currencyID: money.currency });

const periodOf = ({ first, last }: Days): Element | undefined =>
  element('cac:InvoicePeriod', [element('cbc:StartDate', first), element('cbc:EndDate', last)]);

const VAT = element('cac:TaxScheme', [element('cbc:ID', 'VAT')]);

const partyOf = (party: EParty, profile: EProfile, sells: boolean): Element | undefined => {
  const reached = electronicAddressOf(party, profile);
  const taxScheme = (id: string | undefined, scheme: Element | undefined) =>
    id === undefined ? undefined : element('cac:PartyTaxScheme', [element('cbc:CompanyID', id), scheme]);
  return element('cac:Party', [
    reached && element('cbc:EndpointID', reached.id, { schemeID: reached.scheme }),
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

const precedingOf = ({ number, issueDate }: PrecedingDocument): Element | undefined =>
  element('cac:BillingReference', [
    element('cac:InvoiceDocumentReference', [element('cbc:ID', number), element('cbc:IssueDate', issueDate)]),
  ]);

const paymentMeansOf = (payment: PaymentMeans, reference: string | undefined): Element | undefined =>
  element('cac:PaymentMeans', [
    element('cbc:PaymentMeansCode', payment.means),
    element('cbc:PaymentID', payment.means === '97' ? undefined : reference),
    payment.means === '97'
      ? undefined
      : element('cac:PayeeFinancialAccount', [
          element('cbc:ID', payment.account),
          element('cbc:Name', payment.holder),
          element('cac:FinancialInstitutionBranch', [element('cbc:ID', payment.bic)]),
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

const lineOf = (line: ELine, names: Names): Element | undefined =>
  element(names.line, [
    element('cbc:ID', line.id),
    element(names.quantity, line.quantity, UNIT),
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
