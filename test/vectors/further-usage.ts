import { Decimal, parseInstant } from '#kernel';
import type { Price } from '#rating';
import { Account } from './account.js';
import { CURRENCIES } from './shapes.js';

const BEGIN = parseInstant('2026-01-01T00:00:00Z');
const END = parseInstant('2026-02-01T00:00:00Z');
/** As many digits as any currency has. */
const DIGITS = 4;

/** What each further quantity of one period is billed at, when all that came before it is billed already. */
export const billedUsage = (price: Price, quantities: readonly string[], digits = DIGITS): Decimal[] => {
  const account = new Account(
    [
      {
        interval: { unit: 'month', count: 1 },
        kind: 'usage',
        timing: 'in_arrears',
        meter: 'used',
        proration: 'none',
        price,
      },
    ],
    CURRENCIES[digits],
  );
  account.subscribes(0, BEGIN);
  return quantities.map((quantity) => {
    account.uses(quantity, BEGIN);
    return new Decimal(account.bills(END).total, digits);
  });
};
