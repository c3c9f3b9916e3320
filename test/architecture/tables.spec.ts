import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { sources, type SourceFile } from '../house/sources.js';
import { ALL_PROJECTIONS } from '../services/projected.js';
import { namesPutTogether, sorted, sqlOutsideQueries, undeclaredReads, type Breach } from './tables.js';

const DOCUMENT = readFileSync(fileURLToPath(new URL('../../docs/architecture.md', import.meta.url)), 'utf8');
const { product } = sources();

/** Each once, as the document writes them. */
const ownersOf = (reads: readonly string[]): string =>
  [...new Set(reads.map((read) => `\`${read.split('.')[0]!}\``))].join(', ');

const planted = (path: string, line: string): SourceFile => ({ path, text: line });
const withReads = (name: string, ...reads: readonly string[]) =>
  ALL_PROJECTIONS.map((known) => (known.name === name ? { ...known, reads: [...known.reads, ...reads] } : known));

describe('tables of other projections', () => {
  it('are read where it is declared, and declared where they are read', () =>
    expect(undeclaredReads(product, ALL_PROJECTIONS)).toEqual([]));

  it.each([
    ['const ALL = `SELECT * FROM read.payments AS p`;'],
    ['const ALL = `SELECT * FROM read.mrr_movements ${where} JOIN read.payments AS p USING (tenant_id)`;'],
    ["const ALL = 'SELECT * FROM read.mrr_movements LEFT JOIN payments USING (tenant_id)';"],
    ["const query = selectFrom('payments').where('true');"],
  ])('are not read otherwise: %s', (line) => {
    const file = planted('projections/mrr/src/planted.query.ts', line);
    expect(undeclaredReads([...product, file], ALL_PROJECTIONS)).toEqual([
      ['undeclared', file.path, 'payments.payments'],
    ]);
    expect(undeclaredReads([...product, file], withReads('mrr', 'payments.payments'))).toEqual([]);
  });

  it.each(['payments.payments', 'accounts.payments', 'mrr.mrr_movements'])('are not declared for nothing: %s', (read) =>
    expect(undeclaredReads(product, withReads('mrr', read))).toEqual([['declared, and not read', 'mrr', read]]),
  );

  it('have names that can be read', () => {
    expect(namesPutTogether(product)).toEqual([]);
    const files = [
      planted('projections/mrr/src/text.query.ts', 'const ALL = `SELECT * FROM read.${name}`;'),
      planted('projections/mrr/src/built.query.ts', 'const query = selectFrom(name);'),
    ];
    expect(namesPutTogether(files).map(([, path]) => path)).toEqual(files.map(({ path }) => path));
  });
});

describe('the table of projections in docs/architecture.md', () => {
  it('has all of them, with those whose tables their queries also read', () => {
    const [, section] = /<!-- projections: [^>]*-->([\s\S]*)<!-- \/projections -->/u.exec(DOCUMENT)!;
    const rows = section!.split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.map((row) => row.split('|').map((cell) => cell.trim()));
    expect(new Map(told.map(([, name, , others]) => [name, others]))).toEqual(
      new Map(ALL_PROJECTIONS.map(({ name, reads }) => [`\`${name}\``, ownersOf(reads)])),
    );
  });
});

describe('SQL', () => {
  const EXCEPTIONS: readonly Breach[] = [
    // What every report reads through.
    ['a read model outside its queries', 'libs/projection/src/reported.ts', 'test_accounts'],
    ['a table whose name is put together', 'libs/projection/src/reported.ts'],
    // Compares whole tables with the log, by their definitions.
    ['a table whose name is put together', 'apps/server/src/adapters/account-rows.ts'],
  ];

  it('of read models stands in their queries, and none in a reactor', () =>
    expect(sorted(sqlOutsideQueries(product, ALL_PROJECTIONS))).toEqual(sorted(EXCEPTIONS)));

  it.each([
    ['a read model outside its queries', 'apps/server/src/rest/planted.ts', 'SELECT * FROM read.payments', 'payments'],
    ['a read model outside its queries', 'libs/billing/src/planted.ts', 'SELECT * FROM read.payments', 'payments'],
    ['SQL in a reactor', 'apps/server/src/worker/planted.reactor.ts', 'SELECT 1 FROM ops.reactors'],
    ['SQL in a reactor', 'apps/server/src/worker/planted.reactor.ts', 'DELETE FROM ops.clock'],
  ])('is %s in %s: %s', (wall, path, sql, ...what) => {
    const found = sqlOutsideQueries([planted(path, `const TEXT = \`${sql} WHERE \${condition}\`;`)], ALL_PROJECTIONS);
    expect(found).toEqual([[wall, path, ...what]]);
  });
});
