import { accountDecider } from '#billing/account';
import { dueWithin, lineFor, usageDemands } from '#billing/invoice';
import { measure } from '#billing/usage';
import type { Stored, InvoiceLine, AccountFact } from '#contracts';
import {
  ACCOUNT,
  aCatalog,
  aMeter,
  anAccount,
  aPolicy,
  billAccount,
  aPlan,
  aReading,
  at,
  aUsageCharge,
  createSubscription,
  givenFor,
  INVOICE,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { lineWitness } from './line-check.js';

const FEBRUARY = at('2026-02-01T00:00:00Z');
const tiers = [
  { upTo: '5', unitAmount: '10' },
  { upTo: null, unitAmount: '5' },
];
const catalog = aCatalog({
  meters: [aMeter({ aggregation: 'sum', valueProperty: 'added', recurring: true })],
  plans: [aPlan({ charges: [aUsageCharge({ price: { model: 'graduated', tiers }, proration: 'day' })] })],
});
const account = givenFor(accountDecider)(anAccount()).after(createSubscription({ catalog })).state;
const readings = [aReading({ at: at('2026-01-22T00:00:00Z'), properties: { added: '8' } })];

const NOTHING_USED = { stream: '', readings: [], digest: '', lastRevision: 0, asOf: () => [] };

/** January's line as a version of the rater made it. */
const lineBy = (raterVersion: number): InvoiceLine => {
  const { services } = dueWithin(account, { catalog, billThrough: FEBRUARY, arrivals: [] }, 1);
  const [due] = services;
  const rated = { ...due!, raterVersion };
  const [demand] = usageDemands([rated], account, catalog);
  const byKey = new Map([[demand!.key, measure(demand!, readings)]]);
  return lineFor(rated, { cut: 0, byKey }, INVOICE)!;
};

const differences = (line: InvoiceLine) => {
  const used = { ...NOTHING_USED, readings, asOf: () => readings };
  const { witness, differences: found } = lineWitness(ACCOUNT, catalog, used);
  const fact = { type: 'InvoiceLinesAdded', data: { invoiceId: INVOICE, lines: [line] } };
  witness({ fact, stream: 'account', revision: 3 } as unknown as Stored<AccountFact>, account);
  return found.map(({ field }) => field);
};

/** What it says of January without usage, of which no invoice was made. */
const differencesUnissued = (change: Partial<InvoiceLine>) => {
  const { facts } = givenFor(accountDecider)(anAccount())
    .after(createSubscription({ catalog }))
    .when(billAccount({ catalog, billThrough: FEBRUARY, policy: aPolicy({ zeroInvoices: 'skip' }) }));
  const [advanced] = facts.flatMap((fact) => (fact.type === 'BillingAdvanced' ? [fact] : []));
  const unissued = advanced!.data.unissued!.map((line) => ({ ...line, ...change }));
  const { witness, differences: found } = lineWitness(ACCOUNT, catalog, NOTHING_USED);
  const fact = { ...advanced!, data: { ...advanced!.data, unissued } };
  witness({ fact, stream: 'account', revision: 3 } as unknown as Stored<AccountFact>, account);
  return found.map(({ field }) => field);
};

describe('a stored line', () => {
  it('is rated again where no invoice was made of it, too', () => {
    expect(differencesUnissued({})).toEqual([]);
    expect(differencesUnissued({ quantity: '3' })).toEqual(['/quantity']);
  });

  it('is rated again by the rater that made it', () => {
    // Eight seats for ten of 31 days: once as 2.58 that were all in the first tier, now as five in the first and three in the second.
    expect([1, 2].map((version) => lineBy(version).amount.minor)).toEqual([25_81n, 20_97n]);
    expect([1, 2].map((version) => differences(lineBy(version)))).toEqual([[], []]);
  });

  it('does not pass for one of another rater', () => {
    expect(differences({ ...lineBy(1), raterVersion: 2 })).toContain('/amount/minor');
    expect(differences({ ...lineBy(2), raterVersion: 9 })).toEqual(['/raterVersion']);
  });
});
