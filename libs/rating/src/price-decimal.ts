import { Decimal } from '#kernel';

const KNOWN_MAX = 10_000;
const known = new Map<string, Decimal>();

/** A decimal of a price, parsed once: the same few texts are rated millions of times. */
export const priceDecimal = (text: string): Decimal => {
  let decimal = known.get(text);
  if (decimal === undefined) {
    if (known.size === KNOWN_MAX) known.clear();
    known.set(text, (decimal = Decimal.parse(text)));
  }
  return decimal;
};
