import { toJson } from '#kernel';
import type { PoolClient } from '#postgres';
import type { RowChange, RowChanges, TableChanges } from './row-changes.js';
import { isJsonType, sqlType, type TableDefinition } from './table.js';

type Values = Readonly<Record<string, unknown>>;

/** Writes a batch: per table one statement for what is new, one per set of changed columns, one for what goes. */
export const writeRows = async (client: PoolClient, schema: string, changes: RowChanges): Promise<void> => {
  const statements: Promise<unknown>[] = [];
  for (const tableChanges of changes.tables()) {
    for (const { text, values } of statementsFor(schema, tableChanges))
      statements.push(client.query({ name: nameOf(text), text, values }));
  }
  await Promise.all(statements);
};

/**
 * The same texts come again and again: named, each is parsed once per connection. There are as many as tables and sets of changed columns. Traces show the
 * name, so it says what is done to which table.
 */
const nameOf = (text: string): string => {
  let name = NAMES.get(text);
  if (name === undefined) {
    const [, verb, table] = /^(\w+)(?: INTO| FROM)? (\S+)/u.exec(text)!;
    NAMES.set(text, (name = `${verb} ${table} ${NAMES.size}`));
  }
  return name;
};
const NAMES = new Map<string, string>();

interface SetStatement {
  readonly text: string;
  readonly values: unknown[];
}

function* statementsFor(schema: string, { table, appended, byKey }: TableChanges): Generator<SetStatement> {
  if (appended.length > 0) yield insert(schema, table, appended, 'DO NOTHING');
  const groups = Map.groupBy(byKey.values(), signature);
  for (const rows of groups.values()) {
    const values = rows.map((change) => change.values);
    switch (rows[0]!.kind) {
      case 'put':
        yield insert(schema, table, values, overwrite(table));
        break;
      case 'patch':
        yield update(schema, table, values);
        break;
      case 'remove':
        yield remove(schema, table, values);
        break;
    }
  }
}

/** Rows that change the same columns share a statement. */
const signature = ({ kind, values }: RowChange): string =>
  kind === 'patch' ? Object.keys(values).sort().join() : kind;

/** `INSERT … SELECT unnest(…)`: one plan for any number of rows. Of equal keys in one statement the first stays. */
const insert = (schema: string, table: TableDefinition, rows: readonly Values[], onConflict: string): SetStatement => {
  const columns = Object.keys(table.columns);
  return {
    text: `INSERT INTO ${schema}.${table.name} (${columns.join(', ')})
      SELECT ${selected(table, columns)} FROM unnest(${parameters(table, columns)}) AS v(${columns.join(', ')})
      ON CONFLICT (${table.key.join(', ')}) ${onConflict}`,
    values: columnArrays(table, columns, rows),
  };
};

const overwrite = ({ columns, key }: TableDefinition): string => {
  const rest = Object.keys(columns).filter((column) => !key.includes(column));
  return rest.length === 0
    ? 'DO NOTHING'
    : `DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`;
};

const update = (schema: string, table: TableDefinition, rows: readonly Values[]): SetStatement => {
  const columns = Object.keys(rows[0]!);
  const changed = columns.filter((column) => !table.key.includes(column));
  return {
    text: `UPDATE ${schema}.${table.name} AS t SET ${changed.map((column) => `${column} = ${cast(table, column)}`).join(', ')}
      FROM unnest(${parameters(table, columns)}) AS v(${columns.join(', ')})
      WHERE ${sameKey(table)}`,
    values: columnArrays(table, columns, rows),
  };
};

const remove = (schema: string, table: TableDefinition, rows: readonly Values[]): SetStatement => ({
  text: `DELETE FROM ${schema}.${table.name} AS t USING unnest(${parameters(table, table.key)}) AS v(${table.key.join(', ')})
    WHERE ${sameKey(table)}`,
  values: columnArrays(table, table.key, rows),
});

const sameKey = ({ key }: TableDefinition): string => key.map((column) => `t.${column} = v.${column}`).join(' AND ');

const selected = (table: TableDefinition, columns: readonly string[]): string =>
  columns.map((column) => cast(table, column)).join(', ');

/** JSON travels as text: the driver would take an array of objects for an array of records. */
const cast = ({ columns }: TableDefinition, column: string): string =>
  isJsonType(columns[column]!) ? `v.${column}::${sqlType(columns[column]!)}` : `v.${column}`;

const parameters = ({ columns }: TableDefinition, names: readonly string[]): string =>
  names
    .map((name, index) => {
      const type = isJsonType(columns[name]!) ? 'text' : sqlType(columns[name]!);
      return `$${index + 1}::${type}[]`;
    })
    .join(', ');

const columnArrays = ({ columns }: TableDefinition, names: readonly string[], rows: readonly Values[]): unknown[][] =>
  names.map((name) => {
    const json = isJsonType(columns[name]!);
    return rows.map((row) => {
      const value = row[name] ?? null;
      return json && value !== null ? JSON.stringify(toJson(value)) : value;
    });
  });
