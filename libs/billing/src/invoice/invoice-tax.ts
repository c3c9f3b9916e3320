import type { DocumentTax, Taxation, TaxSettings } from '#contracts';
import { Decimal, money, sum, type LocalDate, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Buyer } from '../tax/buyer.js';
import { taxOfGroups, type TaxedGroups } from '../tax/tax-groups.js';
import { isQuoted, type TaxQuote } from '../tax/tax-terms.js';
import type { IssueTerms } from './invoice.commands.js';
import { isSold, type DocumentLine } from './invoice-line.js';
import { treatedLines, type TreatedLines } from './treated-lines.js';

export interface TaxedInvoice {
  /** As they are booked: with what is net of their amounts. */
  readonly lines: readonly DocumentLine[];
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
  /** Of each line, with its tax: they add up to the total. */
  readonly gross: readonly bigint[];
  readonly taxes: readonly DocumentTax[];
  readonly taxation: Taxation | null;
}

/** @throws DomainError `tax_rate_missing` */
export const taxedInvoice = (
  lines: readonly DocumentLine[],
  { tax: terms, issueDate }: Pick<IssueTerms, 'tax'> & { readonly issueDate: LocalDate },
  account: Account,
): TaxedInvoice => {
  const { currency } = openProfile(account);
  const sold = lines.filter(isSold);
  const treated = sold.length < lines.length ? null : treatedLines(sold, terms, account, issueDate);
  const total = sum(
    lines.map(({ amount }) => amount),
    currency,
  );
  const nothing = money(0n, currency);
  if (treated === null)
    return { lines, subtotal: total, tax: nothing, total, gross: minorUnits(lines), taxes: [], taxation: null };
  const { groups, groupOf } = treated;
  const { settings } = terms;
  const borne = groups.map(({ rates }) => rates.map(borneRate));
  const taxed = taxOfGroups(minorUnits(lines), borne, groupOf, settings);
  const subtotal = taxed.nets.reduce((net, part) => net + part, 0n);
  const tax = taxed.taxes.flat().reduce((all, { amount }) => all + amount, 0n);
  return {
    lines: lines.map((line, index) => ({ ...line, amount: money(taxed.nets[index]!, currency) })),
    subtotal: money(subtotal, currency),
    tax: money(tax, currency),
    total: money(subtotal + tax, currency),
    gross: taxed.nets.map((net, index) => net + taxed.taxPerLine[index]!),
    taxes: documentTaxes(treated, taxed, currency),
    taxation: { ...taxationOf(treated, settings), ...saidBy(terms.quote) },
  };
};

const documentTaxes = (
  { groups, reason }: TreatedLines,
  { taxes }: Pick<TaxedGroups, 'taxes'>,
  currency: string,
): DocumentTax[] =>
  groups.flatMap((treatment, group) =>
    treatment.rates.map((rate, index) => ({
      ...rate,
      base: money(taxes[group]![index]!.base, currency),
      amount: money(taxes[group]![index]!.amount, currency),
      ...(group === 0 ? {} : { group }),
      ...(treatment.reason === reason ? {} : { reason: treatment.reason }),
    })),
  );

const taxationOf = (
  { groups, groupOf, reason, exemption, buyer }: TreatedLines,
  { rounding, prices, taxPoint }: TaxSettings,
): Taxation => ({
  reason,
  rounding,
  prices,
  ...(taxPoint === undefined || taxPoint === 'issue' ? {} : { taxPoint }),
  ...(groups.length === 1 ? {} : { groups: groupOf }),
  ...(exemption === undefined ? {} : { exemption }),
  buyer: knownOf(buyer),
});

const saidBy = (quote: TaxQuote | undefined): Pick<Taxation, 'provider'> => {
  if (quote === undefined) return {};
  if (isQuoted(quote)) return { provider: { name: 'http', reference: quote.reference } };
  return { provider: { name: 'http', fallback: quote.fallback, failure: quote.failure } };
};

/** What of each line is net, as the invoice was issued. */
export const netPerLine = (
  lines: readonly DocumentLine[],
  taxes: readonly DocumentTax[],
  taxation: Taxation | null,
): readonly bigint[] => {
  const amounts = minorUnits(lines);
  if (taxation?.prices !== 'inclusive') return amounts;
  return taxOfGroups(amounts, ratesByGroup(taxes, taxation), groupsOf(lines, taxation), taxation).nets;
};

/** What of each line is tax, as the invoice was issued: it adds up to the tax of the invoice. */
export const taxPerLine = (
  lines: readonly DocumentLine[],
  taxes: readonly DocumentTax[],
  taxation: Taxation | null,
): readonly bigint[] => {
  if (taxation === null) return lines.map(() => 0n);
  const borne = ratesByGroup(taxes, taxation);
  return taxOfGroups(minorUnits(lines), borne, groupsOf(lines, taxation), taxation).taxPerLine;
};

/** The group of each line. */
export const groupsOf = (lines: readonly unknown[], { groups }: Pick<Taxation, 'groups'>): readonly number[] =>
  groups ?? lines.map(() => 0);

/** What the lines of each group bear. */
export const ratesByGroup = (taxes: readonly DocumentTax[], { groups = [] }: Pick<Taxation, 'groups'>) => {
  const last = Math.max(0, ...groups, ...taxes.map(({ group = 0 }) => group));
  return Array.from({ length: last + 1 }, (_, place) =>
    taxes.filter(({ group = 0 }) => group === place).map(borneRate),
  );
};

const borneRate = ({ rate, compound }: Pick<DocumentTax, 'rate' | 'compound'>) => ({
  rate: Decimal.parse(rate),
  compound: compound === true,
});

const minorUnits = (lines: readonly DocumentLine[]): bigint[] => lines.map(({ amount }) => amount.minor);

const knownOf = ({ country, region, isBusiness, checkedOn }: Buyer): Taxation['buyer'] => ({
  ...(country === null ? {} : { country }),
  ...(region === null ? {} : { region }),
  business: isBusiness,
  ...(checkedOn === undefined ? {} : { checkedOn }),
});
