import type { PlanVersion, Charge, TrialTerms } from '#contracts';
import { currencyRefusal, isDecimal, type LocalDate, type Violation } from '#kernel';

const CURRENCIES_MAX = 30;

type Priced = Pick<PlanVersion, 'currency' | 'charges' | 'trial'>;

/** The currencies beside the plan's own in which something of it has a price. */
const otherCurrencies = ({ charges, trial }: Priced): ReadonlySet<string> =>
  new Set([
    ...charges.flatMap(({ currencyOptions = {} }) => Object.keys(currencyOptions)),
    ...Object.keys(trial?.prices ?? {}),
  ]);

/**
 * A currency that is named by one charge is named by all, and by the price of the trial: nothing is converted.
 * `priceViolations` answers what is wrong with the price of a charge, below the price.
 */
export const currencyViolations = (
  plan: Priced,
  on: LocalDate,
  priceViolations: (charge: Charge) => readonly Violation[],
): Violation[] => {
  const others = [...otherCurrencies(plan)];
  if (others.length > CURRENCIES_MAX)
    return [
      violation('/charges', 'too_many_currencies', `A plan has prices in at most ${CURRENCIES_MAX} other currencies.`),
    ];
  return [
    ...plan.charges.flatMap((charge, index) =>
      others.flatMap((currency) =>
        ofCharge(charge, { currency, on, own: plan.currency }, priceViolations).map(({ pointer, ...rest }) => ({
          pointer: `/charges/${index}/currencyOptions${pointer}`,
          ...rest,
        })),
      ),
    ),
    ...others.flatMap((currency) => ofTrial(plan.trial, currency)),
  ];
};

const ofCharge = (
  charge: Charge,
  { currency, on, own }: { readonly currency: string; readonly on: LocalDate; readonly own: string },
  priceViolations: (charge: Charge) => readonly Violation[],
): Violation[] => {
  const option = charge.currencyOptions?.[currency];
  if (option === undefined)
    return [violation('', 'price_missing', `It has no price in ${currency}, in which others have one.`)];
  const at = `/${currency}`;
  const refusal = currencyRefusal(currency, on);
  if (refusal) return [violation(at, refusal.code, refusal.message)];
  if (currency === own) return [violation(at, 'currency_repeated', `The price in ${own} is the charge’s own.`)];
  return priceViolations({ ...charge, price: option.price }).map(({ pointer, ...rest }) => ({
    pointer: `${at}/price${pointer}`,
    ...rest,
  }));
};

const ofTrial = (trial: TrialTerms | undefined, currency: string): Violation[] => {
  const price = trial?.prices?.[currency];
  if (price === undefined)
    return trial?.price === undefined
      ? []
      : [
          violation(
            '/trialPrices',
            'price_missing',
            `The trial has no price in ${currency}, in which charges have one.`,
          ),
        ];
  return isDecimal(price) && !price.startsWith('-')
    ? []
    : [violation(`/trialPrices/${currency}`, 'invalid_decimal', 'A price is a plain decimal, not below zero.')];
};

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });

/** The plan as those see it who are billed in a currency; in its own, where it has no prices in that. */
export const inCurrency = (plan: PlanVersion, currency: string): PlanVersion => {
  if (currency === plan.currency || !otherCurrencies(plan).has(currency)) return plan;
  const known = converted.get(plan)?.get(currency);
  if (known) return known;
  const charges = plan.charges.map(({ currencyOptions, ...charge }) => ({
    ...charge,
    price: currencyOptions![currency]!.price,
  }));
  const { trial: { price: _, prices, ...trial } = { days: 0 }, ...rest } = plan;
  const price = prices?.[currency];
  const made: PlanVersion = {
    ...rest,
    currency,
    charges,
    ...(plan.trial === undefined ? {} : { trial: { ...trial, ...(price === undefined ? {} : { price }) } }),
  };
  converted.set(plan, (converted.get(plan) ?? new Map<string, PlanVersion>()).set(currency, made));
  return made;
};

/** A version never changes, so neither does what follows from it. */
const converted = new WeakMap<PlanVersion, Map<string, PlanVersion>>();
