const JSON_NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** What a quantity may have before and behind its point is far below it. */
const EXPONENT_MAX = 400;

/**
 * The plain decimal of a number as JSON writes it: without exponent, without zeros that say nothing. One with an exponent beyond reason
 * stays as it is, and is no decimal.
 */
export const decimalOfJsonNumber = (source: string): string => {
  const [, sign, integer, fraction = '', exponentText = '0'] = JSON_NUMBER.exec(source) ?? [];
  const exponent = Number(exponentText);
  if (integer === undefined || Math.abs(exponent) > EXPONENT_MAX) return source;
  const digits = integer + fraction;
  const point = integer.length + exponent;
  const padded = digits.padStart(digits.length + Math.max(0, -point), '0').padEnd(Math.max(digits.length, point), '0');
  const place = Math.max(0, point);
  const whole = padded.slice(0, place).replace(/^0+(?=\d)/, '') || '0';
  const rest = withoutZerosBehind(padded.slice(place));
  const isZero = whole === '0' && rest === '';
  return `${isZero ? '' : sign}${whole}${rest === '' ? '' : `.${rest}`}`;
};

/** Not by an expression: that would look from each zero on whether only zeros follow, for minutes in a long enough number. */
const withoutZerosBehind = (digits: string): string => {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
};
