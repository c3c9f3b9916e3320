import { invalid } from './api-error.js';
import { integerOf, neededText, type Params } from './params.js';

const MINIMUMS: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
};
/** The last digit of what has three is zero; of those that lost theirs, the last two. */
const STEPS: Readonly<Record<string, number>> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };
const MAXIMUM = 99_999_999;

export interface Charged {
  readonly amount: number;
  readonly currency: string;
}

export const chargedOf = (params: Params): Charged => {
  const currency = neededText(params, 'currency');
  if (!/^[a-z]{3}$/u.test(currency)) invalid(`Invalid currency: ${currency}`, undefined, 'currency');
  const amount =
    integerOf(params, 'amount') ?? invalid('Missing required param: amount.', 'parameter_missing', 'amount');
  checkAmount({ amount, currency });
  return { amount, currency };
};

export const checkAmount = ({ amount, currency }: Charged): void => {
  if (amount < 1) invalid('This value must be greater than or equal to 1.', 'parameter_invalid_integer', 'amount');
  if (amount < (MINIMUMS[currency] ?? 1)) {
    invalid('Amount must convert to at least 50 cents.', 'amount_too_small', 'amount');
  }
  if (amount > MAXIMUM) invalid('Amount must be no more than 99999999.', 'amount_too_large', 'amount');
  if (amount % (STEPS[currency] ?? 1) !== 0)
    invalid(`Invalid amount for ${currency}.`, 'invalid_charge_amount', 'amount');
};
