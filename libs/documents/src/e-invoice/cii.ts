import { majorUnits, type LocalDate, type Money } from '#kernel';
import type { Days } from '../days.js';
import type { PrecedingDocument } from '../document-source.js';
import {
  E_PROFILES,
  type CreditTransfer,
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
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** An invoice or a credit note in the Cross Industry Invoice of UN/CEFACT (D22B), in the order of its schema. */
export const ciiOf = (invoice: EInvoice, profile: EProfile): string => {
  const { specification, process } = E_PROFILES[profile];
  const id = (value: string | undefined) => [ram('ID', value)];
  return xmlDocument(
    element(
      'rsm:CrossIndustryInvoice',
      [
        element('rsm:ExchangedDocumentContext', [
          ram('BusinessProcessSpecifiedDocumentContextParameter', id(process)),
          ram('GuidelineSpecifiedDocumentContextParameter', id(specification)),
        ]),
        element('rsm:ExchangedDocument', [
          ram('ID', invoice.number),
          ram('TypeCode', invoice.type),
          day('IssueDateTime', invoice.issueDate),
          ...invoice.notes.map((note) => ram('IncludedNote', [ram('Content', note)])),
        ]),
        element('rsm:SupplyChainTradeTransaction', [
          ...invoice.lines.map(lineOf),
          agreementOf(invoice, profile),
          deliveryOf(invoice),
          settlementOf(invoice),
        ]),
      ],
      NAMESPACES,
    )!,
  );
};

type Content = Parameters<typeof element>[1];

const ram = (name: string, content: Content, attributes?: Readonly<Record<string, string>>): Element | undefined =>
  element(`ram:${name}`, content, attributes);

const amount = (name: string, money: Money): Element | undefined => ram(name, majorUnits(money));

/** 102: CCYYMMDD. */
const day = (name: string, date: LocalDate | null): Element | undefined =>
  ram(name, date === null ? undefined : [element('udt:DateTimeString', date.replaceAll('-', ''), { format: '102' })]);

const periodOf = ({ first, last }: Days): Element | undefined =>
  ram('BillingSpecifiedPeriod', [day('StartDateTime', first), day('EndDateTime', last)]);

const agreementOf = (
  { buyerReference, seller, buyer, purchaseOrder }: EInvoice,
  profile: EProfile,
): Element | undefined =>
  ram('ApplicableHeaderTradeAgreement', [
    ram('BuyerReference', buyerReference),
    partyOf('SellerTradeParty', seller, profile, true),
    partyOf('BuyerTradeParty', buyer, profile, false),
    ram('BuyerOrderReferencedDocument', [ram('IssuerAssignedID', purchaseOrder)]),
  ]);

const partyOf = (name: string, party: EParty, profile: EProfile, sells: boolean): Element | undefined => {
  const { email, phone } = party;
  const reached = electronicAddressOf(party, profile);
  const registration = (id: string | undefined, schemeID: string) =>
    ram('SpecifiedTaxRegistration', [ram('ID', id, { schemeID })]);
  return ram(name, [
    ram('ID', party.identifier),
    ram('Name', party.name),
    ram('SpecifiedLegalOrganization', [ram('ID', party.registration)]),
    ram('DefinedTradeContact', [
      ram('PersonName', phone === undefined && email === undefined ? undefined : party.name),
      ram('TelephoneUniversalCommunication', [ram('CompleteNumber', phone)]),
      ram('EmailURIUniversalCommunication', [ram('URIID', email)]),
    ]),
    addressOf(party.address),
    ram('URIUniversalCommunication', reached && [ram('URIID', reached.id, { schemeID: reached.scheme })]),
    registration(party.vatId, 'VA'),
    registration(sells ? party.taxNumber : undefined, 'FC'),
  ]);
};

const addressOf = ({ line1, line2, city, postalCode, region, country }: EAddress): Element | undefined =>
  ram('PostalTradeAddress', [
    ram('PostcodeCode', postalCode),
    ram('LineOne', line1),
    ram('LineTwo', line2),
    ram('CityName', city),
    ram('CountryID', country),
    ram('CountrySubDivisionName', region),
  ]);

/** It must be there, and says nothing where nothing is delivered to anywhere else. */
const deliveryOf = ({ deliverTo = {} }: EInvoice): Element =>
  ram('ApplicableHeaderTradeDelivery', [ram('ShipToTradeParty', [addressOf(deliverTo)])]) ?? {
    name: 'ram:ApplicableHeaderTradeDelivery',
    attributes: {},
    content: '',
  };

const settlementOf = (invoice: EInvoice): Element | undefined => {
  const { currency, paymentReference, paymentMeans, paymentTerms, vat, period, dueDate, totals, preceding } = invoice;
  return ram('ApplicableHeaderTradeSettlement', [
    ram('PaymentReference', paymentReference),
    ram('InvoiceCurrencyCode', currency),
    ...paymentMeans.map(paymentMeansOf),
    ...vat.map((part) =>
      ram('ApplicableTradeTax', [
        amount('CalculatedAmount', part.amount),
        ram('TypeCode', 'VAT'),
        ram('ExemptionReason', part.reason),
        amount('BasisAmount', part.base),
        ram('CategoryCode', part.category),
        ram('ExemptionReasonCode', part.reasonCode),
        ram('RateApplicablePercent', part.rate),
      ]),
    ),
    periodOf(period),
    ram('SpecifiedTradePaymentTerms', [ram('Description', paymentTerms), day('DueDateDateTime', dueDate)]),
    ram('SpecifiedTradeSettlementHeaderMonetarySummation', [
      amount('LineTotalAmount', totals.net),
      amount('TaxBasisTotalAmount', totals.net),
      ram('TaxTotalAmount', majorUnits(totals.tax), { currencyID: currency }),
      amount('GrandTotalAmount', totals.gross),
      totals.paid.minor === 0n ? undefined : amount('TotalPrepaidAmount', totals.paid),
      amount('DuePayableAmount', totals.due),
    ]),
    ...preceding.map(precedingOf),
  ]);
};

const precedingOf = ({ number, issueDate }: PrecedingDocument): Element | undefined =>
  ram('InvoiceReferencedDocument', [
    ram('IssuerAssignedID', number),
    ram('FormattedIssueDateTime', [element('qdt:DateTimeString', issueDate.replaceAll('-', ''), { format: '102' })]),
  ]);

const paymentMeansOf = (payment: PaymentMeans): Element | undefined =>
  ram('SpecifiedTradeSettlementPaymentMeans', [
    ram('TypeCode', payment.means),
    ...(payment.means === '97' ? [] : accountOf(payment)),
  ]);

const accountOf = ({ account, isIban, holder, bic }: CreditTransfer): (Element | undefined)[] => [
  ram('PayeePartyCreditorFinancialAccount', [
    ram('IBANID', isIban ? account : undefined),
    ram('AccountName', holder),
    ram('ProprietaryID', isIban ? undefined : account),
  ]),
  ram('PayeeSpecifiedCreditorFinancialInstitution', [ram('BICID', bic)]),
];

/** UNCL5189: a discount. */
const DISCOUNT_CODE = '95';
const UNIT = { unitCode: 'C62' };

const lineOf = (line: ELine): Element | undefined =>
  ram('IncludedSupplyChainTradeLineItem', [
    ram('AssociatedDocumentLineDocument', [ram('LineID', line.id)]),
    ram('SpecifiedTradeProduct', [ram('Name', line.name), ram('Description', line.description)]),
    ram('SpecifiedLineTradeAgreement', [
      ram('NetPriceProductTradePrice', [
        ram('ChargeAmount', line.price.amount),
        line.price.per === '1' ? undefined : ram('BasisQuantity', line.price.per, UNIT),
      ]),
    ]),
    ram('SpecifiedLineTradeDelivery', [ram('BilledQuantity', line.quantity, UNIT)]),
    ram('SpecifiedLineTradeSettlement', [
      ram('ApplicableTradeTax', [
        ram('TypeCode', 'VAT'),
        ram('CategoryCode', line.vat.category),
        ram('RateApplicablePercent', line.vat.rate),
      ]),
      periodOf(line.period),
      ...line.allowances.map(({ reason, amount: off }) =>
        ram('SpecifiedTradeAllowanceCharge', [
          ram('ChargeIndicator', [element('udt:Indicator', 'false')]),
          amount('ActualAmount', off),
          ram('ReasonCode', DISCOUNT_CODE),
          ram('Reason', reason),
        ]),
      ),
      ram('SpecifiedTradeSettlementLineMonetarySummation', [amount('LineTotalAmount', line.net)]),
    ]),
  ]);
