import { CURRENCY_DIGITS } from '#kernel';

/** Major units of an amount in minor ones, as SQL: comparable whatever the currency. Both arguments are columns or expressions. */
export const majorUnitsSql = (minor: string, currency: string): string => {
  const byDigits = Map.groupBy(CURRENCY_DIGITS, ([, digits]) => digits);
  byDigits.delete(2);
  const others = [...byDigits].map(
    ([digits, codes]) =>
      `WHEN ${currency} IN (${codes.map(([code]) => `'${code}'`).join(', ')}) THEN 1${'0'.repeat(digits)}`,
  );
  return `round(${minor} / CASE ${others.join(' ')} ELSE 100 END::numeric, 4)`;
};
