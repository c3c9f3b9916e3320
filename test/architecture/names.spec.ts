import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** Libs that hold rules, and nothing else. */
const PURE = 'libs/{kernel,rating,ledger,analytics,billing}/src';

/** Specs of what no file has alone, and what they specify. The list may only get shorter. */
const OF_SEVERAL: Readonly<Record<string, string>> = {
  'libs/billing/src/domain/invoice/drafts': 'drafts that wait, are rated again, are voided or are too large',
  'libs/billing/src/domain/invoice/held-units': 'how units of recurring meters are billed',
  'libs/billing/src/domain/invoice/many-lines': 'more lines than an invoice or an append takes',
  'libs/billing/src/domain/invoice/stale-draft': 'drafts that are issued although something changed',
  'libs/billing/src/domain/invoice/whole-periods': 'what is sold by the period, however that is cut',
  'libs/billing/src/domain/invoice/zero-invoices': 'invoices of nothing',
  'libs/billing/src/domain/subscription/agreed-later': 'prices and discounts agreed while it runs',
  'libs/billing/src/domain/subscription/change-options': 'how a change is billed, and when',
  'libs/billing/src/domain/subscription/metadata': 'what is noted about a subscription',
  'libs/billing/src/domain/subscription/overrides': 'prices agreed as it begins',
  'libs/billing/src/domain/subscription/what-comes-back': 'credits at an end, and what others have billed',
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
