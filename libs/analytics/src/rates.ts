import { Decimal, decimalOfFraction, dividedFraction, fractionOf } from '#kernel';

const DIGITS = 4;

/** One amount over another, to four decimals, half away from zero; nothing over nothing is 0. */
export const ratio = (part: Decimal, whole: Decimal): Decimal =>
  whole.isZero
    ? Decimal.zero
    : decimalOfFraction(dividedFraction(fractionOf(part), fractionOf(whole)), DIGITS, 'half_up');

/** What a period did to the MRR that it began with. Losses are positive here. */
export interface Retention {
  readonly opening: Decimal;
  readonly expansion: Decimal;
  readonly contraction: Decimal;
  readonly churn: Decimal;
}

/** Gross revenue retention: what is left of the opening MRR, without what customers added. Never above 1. */
export const grossRevenueRetention = ({ opening, contraction, churn }: Omit<Retention, 'expansion'>): Decimal =>
  ratio(opening.minus(contraction).minus(churn), opening);

/** Net revenue retention: what the customers of the opening are worth now. New and returning ones are not among them. */
export const netRevenueRetention = ({ opening, expansion, contraction, churn }: Retention): Decimal =>
  ratio(opening.plus(expansion).minus(contraction).minus(churn), opening);

/** What was gained for each unit that was lost. */
export const quickRatio = (gained: readonly Decimal[], lost: readonly Decimal[]): Decimal => {
  const sum = (values: readonly Decimal[]) => values.reduce((total, value) => total.plus(value), Decimal.zero);
  return ratio(sum(gained), sum(lost));
};

/** Average MRR per account. */
export const averageRevenuePerAccount = (mrr: Decimal, accounts: Decimal): Decimal => ratio(mrr, accounts);

/** Lifetime value: what an account brings per month, of which the margin stays, over the share of accounts lost per month. */
export const lifetimeValue = (perAccount: Decimal, churn: Decimal, margin: Decimal = Decimal.one): Decimal =>
  ratio(perAccount.times(margin), churn);

/** Days sales outstanding: how many days of revenue are not yet paid. */
export const daysSalesOutstanding = (receivable: Decimal, revenue: Decimal, days: number): Decimal =>
  ratio(receivable.times(Decimal.of(days)), revenue);
