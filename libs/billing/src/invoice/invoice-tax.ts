import type { DocumentTax, Taxation, TaxRate, TaxSettings } from '#contracts';
import { Decimal, money, sum, type LocalDate, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Buyer } from '../tax/buyer.js';
import { documentTax } from '../tax/document-tax.js';
import { taxTreatment, type TaxTreatment } from '../tax/tax-treatment.js';
import type { DocumentLine } from './invoice-line.js';

/** What taxes follow from, beside the lines. */
export interface TaxTerms {
  readonly settings: TaxSettings;
  readonly rates: readonly TaxRate[];
  readonly buyer: Buyer;
}

export interface TaxedInvoice {
  /** As they are booked: with what is net of their amounts. */
  readonly lines: readonly DocumentLine[];
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly taxes: readonly DocumentTax[];
  readonly taxation: Taxation | null;
}

/**
 * What the account is charged on a document of a day. Of an erased one nothing is known any more: it is taxed as it was last.
 * @throws DomainError `tax_rate_missing`
 */
export const treatmentOf = ({ settings, rates, buyer }: TaxTerms, account: Account, on: LocalDate): Treated | null => {
  const known = account.erasedAt === null ? buyer : (lastBuyer(account) ?? buyer);
  const treatment = taxTreatment(settings, rates, known, openProfile(account).taxStatus, on);
  return treatment && { ...treatment, buyer: known };
};

type Treated = TaxTreatment & { readonly buyer: Buyer };

const lastBuyer = ({ invoices }: Account): Buyer | undefined => {
  const last = [...invoices.values()].findLast(({ issued }) => issued?.taxation !== undefined);
  if (last === undefined) return undefined;
  const { buyer, exemption } = last.issued!.taxation!;
  const { country = null, region = null, business } = buyer;
  return { country, region, isBusiness: business, ...(exemption === undefined ? {} : { exemptions: [exemption] }) };
};

/** @throws DomainError `tax_rate_missing` */
export const taxedInvoice = (
  lines: readonly DocumentLine[],
  { tax: terms, issueDate }: { readonly tax: TaxTerms; readonly issueDate: LocalDate },
  account: Account,
): TaxedInvoice => {
  const { settings } = terms;
  const { currency } = openProfile(account);
  const treatment = treatmentOf(terms, account, issueDate);
  const total = sum(
    lines.map(({ amount }) => amount),
    currency,
  );
  const nothing = money(0n, currency);
  if (treatment === null) return { lines, subtotal: total, tax: nothing, total, taxes: [], taxation: null };
  const { rounding, prices } = settings;
  const { nets, taxes } = documentTax(minorUnits(lines), treatment.rates.map(borneRate), { rounding, prices });
  const subtotal = nets.reduce((net, part) => net + part, 0n);
  const tax = taxes.reduce((all, { amount }) => all + amount, 0n);
  return {
    lines: lines.map((line, index) => ({ ...line, amount: money(nets[index]!, currency) })),
    subtotal: money(subtotal, currency),
    tax: money(tax, currency),
    total: money(subtotal + tax, currency),
    taxes: treatment.rates.map((rate, index) => ({
      ...rate,
      base: money(taxes[index]!.base, currency),
      amount: money(taxes[index]!.amount, currency),
    })),
    taxation: {
      reason: treatment.reason,
      rounding,
      prices,
      ...(treatment.exemption === undefined ? {} : { exemption: treatment.exemption }),
      buyer: knownOf(treatment.buyer),
    },
  };
};

/** What of each line is tax, as the invoice was issued: it adds up to the tax of the invoice. */
export const taxPerLine = (
  lines: readonly DocumentLine[],
  taxes: readonly DocumentTax[],
  taxation: Taxation | null,
): readonly bigint[] => {
  if (taxation === null) return lines.map(() => 0n);
  return documentTax(minorUnits(lines), taxes.map(borneRate), taxation).taxPerLine;
};

export const borneRate = ({ rate, compound }: Pick<DocumentTax, 'rate' | 'compound'>) => ({
  rate: Decimal.parse(rate),
  compound: compound === true,
});

const minorUnits = (lines: readonly DocumentLine[]): bigint[] => lines.map(({ amount }) => amount.minor);

const knownOf = ({ country, region, isBusiness }: Buyer): Taxation['buyer'] => ({
  ...(country === null ? {} : { country }),
  ...(region === null ? {} : { region }),
  business: isBusiness,
});
