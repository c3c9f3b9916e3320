import { describe, expect, it } from '@jest/globals';
import { sources, type SourceFile } from '../house/sources.js';
import { ALL_PROJECTIONS } from '../services/projected.js';
import { countedTestAccounts } from './reports.js';
import { sorted, type Breach } from './tables.js';

const { product } = sources();

/** Tables of accounts that reports read as they are, and why no test account is counted by it. */
const FROM_THOSE_THAT_COUNT = 'It is looked up for movements and readings that are reported.';
const EXCEPTIONS: readonly (readonly [file: string, table: string, reason: string])[] = [
  ['projections/mrr/src/mrr.query.ts', 'subscriptions', FROM_THOSE_THAT_COUNT],
  ['projections/usage/src/top-consumers.query.ts', 'subscriptions', FROM_THOSE_THAT_COUNT],
  ['projections/usage/src/current-readings.ts', 'usage_packs', 'Top consumers joins them with reported accounts.'],
  ['projections/usage/src/current-readings.ts', 'usage_corrections', 'They are joined with readings.'],
  ['projections/usage/src/current-readings.ts', 'usage_correction_history', 'They are joined with readings.'],
];
const EXPECTED: readonly Breach[] = EXCEPTIONS.map(([file, table]) => ['counts test accounts', file, table]);

const changed = (path: string, change: (text: string) => string): SourceFile[] =>
  product.map((file) => (file.path === path ? { path, text: change(file.text) } : file));

describe('reports', () => {
  it('count no test accounts, and read as they are what is named here alone', () =>
    expect(sorted(countedTestAccounts(product, ALL_PROJECTIONS))).toEqual(sorted(EXPECTED)));

  it.each([
    ['mrr', 'mrr.query.ts', 'mrr_movements'],
    ['ar-aging', 'ar-aging.query.ts', 'credit_movements'],
    ['book', 'trial-balance.query.ts', 'transfers'],
    ['invoices', 'invoice-numbers.query.ts', 'invoices'],
    ['usage', 'top-consumers.query.ts', 'accounts'],
  ])('would count them if %s forgot to leave them out in %s', (projection, name, table) => {
    const path = `projections/${projection}/src/${name}`;
    const files = changed(path, (text) => text.replaceAll(`\${reported('${table}')}`, `read.${table}`));
    expect(countedTestAccounts(files, ALL_PROJECTIONS)).toContainEqual(['counts test accounts', path, table]);
  });

  it.each([
    ['a new report', 'apps/server/src/rest/reports/planted.controller.ts', 'PlantedQuery'],
    ['a new metric', 'apps/server/src/telemetry/figures.ts', 'plantedMrr'],
  ])('are all looked at: %s', (_, path, name) => {
    const query = {
      path: 'projections/payments/src/planted.query.ts',
      text: `import { REFUNDED } from './planted-sql.js';\nexport const ${name} = REFUNDED;`,
    };
    const sql = {
      path: 'projections/payments/src/planted-sql.ts',
      text: "export const REFUNDED = `SELECT * FROM read.refunds AS r JOIN ${reported('invoice_lines')} AS l USING (tenant_id)`;",
    };
    const report = { path, text: `import { ${name} } from '#projections/payments';` };
    expect(countedTestAccounts([report, query, sql], ALL_PROJECTIONS)).toEqual([
      ['counts test accounts', sql.path, 'refunds'],
      ['has no accounts', sql.path, 'invoice_lines'],
    ]);
  });
});
