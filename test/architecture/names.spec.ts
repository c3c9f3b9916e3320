import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** Libs that hold rules, and nothing else. */
const PURE = 'libs/{kernel,rating,ledger,analytics,billing}/src';

/** Specs of what no file has alone, and what they specify. The list may only get shorter. */
const OF_SEVERAL: Readonly<Record<string, string>> = {
  'libs/billing/src/invoice/drafts': 'drafts that wait, are rated again, are voided or are too large',
  'libs/billing/src/invoice/held-units': 'how units of recurring meters are billed',
  'libs/billing/src/invoice/many-lines': 'more lines than an invoice or an append takes',
  'libs/billing/src/invoice/stale-draft': 'drafts that are issued although something changed',
  'libs/billing/src/invoice/whole-periods': 'what is sold by the period, however that is cut',
  'libs/billing/src/invoice/zero-invoices': 'invoices of nothing',
  'libs/billing/src/subscription/agreed-later': 'prices and discounts agreed while it runs',
  'libs/billing/src/subscription/change-options': 'how a change is billed, and when',
  'libs/billing/src/subscription/metadata': 'what is noted about a subscription',
  'libs/billing/src/subscription/overrides': 'prices agreed as it begins',
  'libs/billing/src/subscription/what-comes-back': 'credits at an end, and what others have billed',
  'libs/kernel/src/calendar/tiling': 'periods and windows that leave nothing out',
  'libs/rating/src/pricing-examples': 'the examples of docs/pricing.md',
};

const specified = globSync(`${PURE}/**/*.spec.ts`)
  .map((path) => path.replace(/\.spec\.ts$/u, ''))
  .sort();

describe('a rule', () => {
  it('is specified beside its file, under its name', () => {
    const alone = specified.filter((path) => !existsSync(`${path}.ts`));
    expect(specified.length).toBeGreaterThan(0);
    expect(alone).toEqual(Object.keys(OF_SEVERAL));
  });
});
