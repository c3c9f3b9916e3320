import type { Projection } from '#projection';
import type { SourceFile } from '../house/sources.js';
import { hasSql, tablesIn } from './sql.js';

/** A wall that a file of the product does not keep, and what it did instead. */
export type Breach = readonly [wall: string, where: string, what?: string];

/** Each as one text, in an order of their own. */
export const sorted = (breaches: readonly Breach[]): string[] => breaches.map((breach) => breach.join(' ')).sort();

export type Known = Pick<Projection, 'name' | 'reads' | 'tables'>;

/** Whose each table is. */
export const ownersIn = (projections: readonly Known[]): ReadonlyMap<string, string> =>
  new Map(projections.flatMap(({ name, tables }) => tables.map((table) => [table.name, name])));

/** Queries read tables of other projections where the definition of their own says so, and it says nothing that they do not read. */
export const undeclaredReads = (files: readonly SourceFile[], projections: readonly Known[]): Breach[] =>
  projections.flatMap(({ name, reads }) => {
    const own = files.filter(({ path }) => path.startsWith(`projections/${name}/`));
    const found = readsOfOthers(own, name, ownersIn(projections));
    const unread = reads.filter((read) => ![...found.values()].some((reading) => reading.includes(read)));
    return [
      ...[...found].flatMap(([path, reading]) =>
        reading.filter((read) => !reads.includes(read)).map((read): Breach => ['undeclared', path, read]),
      ),
      ...unread.map((read): Breach => ['declared, and not read', name, read]),
    ];
  });

/** By file, each as `projection.table`. */
const readsOfOthers = (
  files: readonly SourceFile[],
  name: string,
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> => {
  const tables = new Set(owners.keys());
  return new Map(
    files.map((file) => {
      const { read, reported } = tablesIn(file, tables);
      const others = [...read, ...reported].filter((table) => owners.get(table) !== name);
      return [file.path, others.map((table) => `${owners.get(table)}.${table}`)];
    }),
  );
};

/** Read models are asked through the queries of their projections. */
export const sqlOutsideQueries = (files: readonly SourceFile[], projections: readonly Known[]): Breach[] => {
  const tables = new Set(ownersIn(projections).keys());
  const outside = files.filter(({ path }) => /^(?:apps|libs)\//u.test(path));
  return outside.flatMap((file): Breach[] => {
    const { read, isPutTogether } = tablesIn(file, tables);
    return [
      ...[...read].map((table): Breach => ['a read model outside its queries', file.path, table]),
      ...(isPutTogether ? [['a table whose name is put together', file.path] as const] : []),
      ...(file.path.startsWith('apps/server/src/worker/') && hasSql(file)
        ? [['SQL in a reactor', file.path] as const]
        : []),
    ];
  });
};

/** A name that is put together could be that of any table. */
export const namesPutTogether = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter(({ path }) => path.startsWith('projections/'))
    .filter((file) => tablesIn(file, new Set()).isPutTogether)
    .map(({ path }): Breach => ['a table whose name is put together', path]);
