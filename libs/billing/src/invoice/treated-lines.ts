import type { DocumentTax, InvoiceLine, TaxExemption, TaxReason, TaxSettings } from '#contracts';
import { localDateOf, plusDuration, refuse, type LocalDate } from '#kernel';
import type { Account } from '../account/account.state.js';
import { openProfile } from '../account/profile.decider.js';
import type { Buyer } from '../tax/buyer.js';
import { isQuoted, type TaxQuote, type TaxTerms } from '../tax/tax-terms.js';
import { taxTreatment, type TaxTreatment, type TreatedRate } from '../tax/tax-treatment.js';
import { keyOf } from './billed-service.js';
import { subjectsAmong, type SoldLine } from './invoice-line.js';
import type { Invoice } from './invoice.js';
import { StaleFacts } from './stale-facts.js';

/** The lines of a document by the taxes that they bear: each group bears others. */
export interface TreatedLines {
  readonly groups: readonly TaxTreatment[];
  /** Of each line. */
  readonly groupOf: readonly number[];
  /** Why the document bears its taxes: as the first of its lines does that bears any. */
  readonly reason: TaxReason;
  readonly exemption?: TaxExemption;
  readonly buyer: Buyer;
}

/**
 * What each line of a document bears, and what adjusts a line as that does; null where none bears any. Of an erased account nothing is known any more: it is taxed as it was last.
 * @throws DomainError `tax_rate_missing` | `tax_not_known`
 */
export const treatedLines = (
  lines: readonly SoldLine[],
  { settings, rates, buyer, quote }: TaxTerms,
  account: Account,
  issueDate: LocalDate,
): TreatedLines | null => {
  const known = account.erasedAt === null ? buyer : (lastBuyer(account) ?? buyer);
  const { taxStatus } = openProfile(account);
  const ruled = quote === undefined || isQuoted(quote) ? settings : ({ ...settings, provider: 'flat' } as const);
  const treated = new Map<string, TaxTreatment>();
  const ofSale = (line: SoldLine): TaxTreatment => {
    const { taxClass } = line;
    const on = taxPointOf(line, settings, issueDate);
    const key = `${on} ${taxClass ?? ''}`;
    const before = treated.get(key);
    if (before !== undefined) return before;
    const sale = { on, ...(taxClass === undefined ? {} : { taxClass }) };
    const treatment = taxTreatment(ruled, rates, known, taxStatus, sale) ?? UNTAXED;
    treated.set(key, treatment);
    return treatment;
  };
  const said = asksElsewhere(settings, account) ? saidElsewhere(quote, account) : () => undefined;
  const { groups, groupOf } = grouped(
    lines.map(subjectsAmong(lines)).map((line) => correctedTreatment(line, account) ?? said(line) ?? ofSale(line)),
  );
  const first = groups.find((group) => group.rates.length > 0);
  if (first === undefined) return null;
  const exemption = groups.find((group) => group.exemption !== undefined)?.exemption;
  return { groups, groupOf, reason: first.reason, ...(exemption === undefined ? {} : { exemption }), buyer: known };
};

/** Whether what an account bears is found by a service elsewhere: not of one that is exempt everywhere. */
export const asksElsewhere = ({ provider }: TaxSettings, account: Account): boolean =>
  provider === 'http' && openProfile(account).taxStatus === 'taxable';

/** What was said of a line, or stands in for it; undefined where a rule of our own does. */
const saidElsewhere = (
  quote: TaxQuote | undefined,
  account: Account,
): ((line: SoldLine) => TaxTreatment | undefined) => {
  if (quote === undefined)
    return refuse('tax_not_known', 'What taxes it bears is said elsewhere, and was not asked for.');
  if (isQuoted(quote))
    return ({ lineId }) => {
      const rates = quote.lines.get(lineId);
      if (rates === undefined) throw new StaleFacts('Taxes were asked for of other lines.');
      return { reason: 'provider', rates };
    };
  if (quote.fallback === 'fallback_rate') return () => undefined;
  const before = lastBorne(account);
  return (line) =>
    (line.kind === 'one_off' ? undefined : before(line)) ??
    (quote.estimated === true ? UNTAXED : undefined) ??
    refuse('tax_not_known', `What taxes “${line.description}” bears is said elsewhere, and it bore none before.`);
};

/** What each charge of a subscription bore when it was billed last. */
const lastBorne = ({ billed, invoices }: Account): ((line: InvoiceLine) => TaxTreatment | undefined) => {
  const last = new Map<string, TaxTreatment>();
  for (const { subscriptionId, charge, lines } of billed.values()) {
    const { invoiceId, taxGroup } = lines.at(-1) ?? {};
    const treatment = invoiceId && treatmentIn(invoices.get(invoiceId), taxGroup);
    if (treatment && treatment.rates.length > 0) last.set(`${subscriptionId} ${charge}`, treatment);
  }
  return ({ subscriptionId, charge }) => last.get(`${subscriptionId} ${charge}`);
};

/** What a tenant sells that charges no tax. */
const UNTAXED: TaxTreatment = { reason: 'domestic', rates: [] };

/** What bears the same rates is one group. */
const grouped = (treatments: readonly TaxTreatment[]): Pick<TreatedLines, 'groups' | 'groupOf'> => {
  const groups: TaxTreatment[] = [];
  const places = new Map<TaxTreatment | string, number>();
  const groupOf = treatments.map((treatment) => {
    const known = places.get(treatment);
    if (known !== undefined) return known;
    const rates = JSON.stringify(treatment.rates);
    const place = places.get(rates) ?? groups.push(treatment) - 1;
    places.set(treatment, place).set(rates, place);
    return place;
  });
  return { groups, groupOf };
};

/**
 * What is given back of a service bears what that bore when it was billed, whatever is in force by now: no tax is given back that was not charged. Undefined of any
 * other line.
 */
const correctedTreatment = (line: SoldLine, account: Account): TaxTreatment | undefined => {
  if (line.kind === 'one_off' || line.amount.minor >= 0n) return undefined;
  const { lines = [] } = account.billed.get(keyOf(line)) ?? {};
  const corrected = lines.findLast(({ lineId, amountMinor }) => amountMinor > 0n && line.priorLines.includes(lineId));
  return corrected && treatmentIn(account.invoices.get(corrected.invoiceId), corrected.taxGroup);
};

/** What a group of an issued invoice bears. */
const treatmentIn = (invoice: Invoice | undefined, taxGroup = 0): TaxTreatment | undefined => {
  const issued = invoice?.issued;
  if (!issued) return undefined;
  const { taxes, taxation } = issued;
  const ofLine = taxes.filter(({ group = 0 }) => group === taxGroup);
  const reason = ofLine[0]?.reason ?? taxation?.reason;
  const { exemption } = taxation ?? {};
  const isExempt = exemption !== undefined && ofLine.some(({ category }) => category === 'E');
  return {
    reason: reason ?? 'domestic',
    rates: ofLine.map(rateOf),
    ...(isExempt ? { exemption } : {}),
  };
};

const rateOf = ({ base: _, amount: __, group: ___, reason: ____, ...rate }: DocumentTax): TreatedRate => rate;

/** The day that says what a line bears. */
const taxPointOf = (line: SoldLine, { taxPoint }: TaxSettings, issueDate: LocalDate): LocalDate =>
  taxPoint === 'service_end' && line.kind !== 'one_off' ? servedOn(line) : issueDate;

/** The last day of its service. */
export const servedOn = ({ service: { start, end, timeZone } }: InvoiceLine): LocalDate =>
  localDateOf(start === end ? start : plusDuration(end, { seconds: -1 }), timeZone);

const lastBuyer = ({ invoices }: Account): Buyer | undefined => {
  const last = [...invoices.values()].findLast(({ issued }) => issued?.taxation !== undefined);
  if (last === undefined) return undefined;
  const { buyer, exemption } = last.issued!.taxation!;
  const { country = null, region = null, business, checkedOn } = buyer;
  return {
    country,
    region,
    isBusiness: business,
    ...(checkedOn === undefined ? {} : { checkedOn }),
    ...(exemption === undefined ? {} : { exemptions: [exemption] }),
  };
};
