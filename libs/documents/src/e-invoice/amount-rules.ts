import { currencyExponent, Decimal, plus, powerOfTen, roundedQuotient, sum, type Money } from '#kernel';
import type { EInvoice, ELine, EVat } from './e-invoice.js';
import { rule, type Rule } from './rule.js';

const isSame = (left: Money, right: Money): boolean => left.minor === right.minor;
const netsOf = ({ lines, currency }: Pick<EInvoice, 'lines' | 'currency'>): Money =>
  sum(
    lines.map(({ net }) => net),
    currency,
  );

/** By number: 19 and 19.0 are one rate, and are to be broken down once. */
const bears = ({ vat: { category, rate = '0' } }: ELine, part: EVat): boolean =>
  category === part.category && Decimal.parse(rate).compare(Decimal.parse(part.rate)) === 0;

export const AMOUNT_RULES: readonly Rule[] = [
  rule(
    'BR-DEC-23',
    ['BT-131', '/currency'],
    'Amounts have at most two digits after the point, and those of this currency have more.',
    ({ currency }) => currencyExponent(currency) <= 2,
  ),
  rule('BR-CO-10', ['BT-106', '/totals/net'], 'The lines do not add up to their sum.', (invoice) =>
    isSame(netsOf(invoice), invoice.totals.net),
  ),
  rule(
    'BR-S-08',
    ['BT-116', '/vat'],
    'A line bears one VAT rate, and what the rate is levied on is what its lines come to.',
    ({ vat, lines, currency }) =>
      lines.every((line) => vat.some((part) => bears(line, part))) &&
      vat.every((part) => isSame(part.base, netsOf({ lines: lines.filter((line) => bears(line, part)), currency }))),
  ),
  rule('BR-CO-14', ['BT-110', '/totals/tax'], 'The taxes do not add up to their total.', ({ vat, totals, currency }) =>
    isSame(
      totals.tax,
      sum(
        vat.map(({ amount }) => amount),
        currency,
      ),
    ),
  ),
  rule(
    'BR-CO-15',
    ['BT-112', '/totals/gross'],
    'Net and tax do not add up to the total.',
    ({ totals: { net, tax, gross } }) => isSame(plus(net, tax), gross),
  ),
  rule(
    'BR-CO-17',
    ['BT-117', '/vat'],
    'The tax is not the rate of what it is levied on: it was rounded on each line.',
    ({ vat }) => vat.every(isRateOfBase),
  ),
];

/** To within one unit of the currency of what is due in hundredths of it, as the official rules have it: whatever its smallest unit is. */
const isRateOfBase = ({ rate, base, amount }: EVat): boolean => {
  const unit = powerOfTen(currencyExponent(base.currency));
  if (Decimal.parse(rate).rounded(0, 'half_up').coefficient === 0n) {
    return roundedQuotient(absolute(amount), unit, 'half_up') === 0n;
  }
  const { coefficient, scale } = Decimal.parse(rate);
  const hundredths = roundedQuotient(absolute(base) * coefficient, unit * powerOfTen(scale), 'half_up');
  const difference = absolute(amount) * 100n - hundredths * unit;
  return difference < 100n * unit && difference > -100n * unit;
};

const absolute = ({ minor }: Money): bigint => (minor < 0n ? -minor : minor);
