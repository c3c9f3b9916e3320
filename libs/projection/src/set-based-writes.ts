import { toJson } from '#kernel';
import type { PoolClient } from '#postgres';
import type { RowChange, RowChanges, TableChanges } from './row-changes.js';
import { arrayText, innerArrayText } from './array-text.js';
import { monthsOf } from './table-ddl.js';
import { isJsonType, sqlType, type TableDefinition } from './table.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * Writes a batch: per table one statement for what is new, one per set of changed columns, one for what goes. Answers how many rows of
 * those that are appended were there already.
 */
export const writeRows = async (client: PoolClient, schema: string, changes: RowChanges): Promise<number> => {
  const statements: Promise<number>[] = [];
  for (const tableChanges of changes.tables()) {
    for (const { text, values, appended = 0 } of statementsFor(schema, tableChanges)) {
      const written = client.query({ name: nameOf(text), text, values });
      statements.push(written.then(({ rowCount }) => Math.max(0, appended - rowCount!)));
    }
  }
  return (await Promise.all(statements)).reduce((sum, there) => sum + there, 0);
};

/**
 * The same texts come again and again: named, each is parsed once per connection. There are as many as tables and sets of changed columns. Traces show the
 * name, so it says what is done to which table.
 */
const nameOf = (text: string): string => {
  let name = NAMES.get(text);
  if (name === undefined) {
    const [, verb, table] = /^(\w+)(?: INTO| FROM)? ([\w.]+)/u.exec(text)!;
    NAMES.set(text, (name = `${verb} ${table} ${NAMES.size}`));
  }
  return name;
};
const NAMES = new Map<string, string>();

interface SetStatement {
  readonly text: string;
  readonly values: unknown[];
  /** How many rows are new, unless they are there. */
  readonly appended?: number;
}

function* statementsFor(schema: string, { table, appended, byKey }: TableChanges): Generator<SetStatement> {
  if (table.months !== undefined) yield* addMonths(schema, table, appended);
  if (appended.length > 0) yield { ...insert(schema, table, appended, 'DO NOTHING'), appended: appended.length };
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

/** Looks for them each time: a roll-back takes away what was made, and another process may make the same. */
function* addMonths(
  schema: string,
  { name, months }: TableDefinition,
  rows: readonly Values[],
): Generator<SetStatement> {
  const own = monthsOf(rows.map((row) => row[months!] as string));
  if (own.length > 0) yield { text: 'SELECT ops.add_months($1, $2, $3)', values: [schema, name, own] };
}

/** Rows that change the same columns share a statement. */
const signature = ({ kind, values }: RowChange): string =>
  kind === 'patch' ? Object.keys(values).sort().join() : kind;

/** `INSERT … SELECT … FROM unnest(…)`: one plan for any number of rows. Of equal keys in one statement the first stays. */
const insert = (schema: string, table: TableDefinition, rows: readonly Values[], onConflict: string): SetStatement => {
  const columns = Object.keys(table.columns);
  return {
    text: `INSERT INTO ${schema}.${table.name} (${columns.join(', ')})
      SELECT ${selected(table, columns)} FROM ${given(table, columns)}
      ON CONFLICT (${table.key.join(', ')}) ${onConflict}`,
    values: columnTexts(table, columns, rows),
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
      FROM ${given(table, columns)}
      WHERE ${sameKey(table)}`,
    values: columnTexts(table, columns, rows),
  };
};

const remove = (schema: string, table: TableDefinition, rows: readonly Values[]): SetStatement => ({
  text: `DELETE FROM ${schema}.${table.name} AS t USING ${given(table, table.key)}
    WHERE ${sameKey(table)}`,
  values: columnTexts(table, table.key, rows),
});

const sameKey = ({ key }: TableDefinition): string => key.map((column) => `t.${column} = v.${column}`).join(' AND ');

const selected = (table: TableDefinition, columns: readonly string[]): string =>
  columns.map((column) => cast(table, column)).join(', ');

/** Lists travel as texts: an array of arrays would be one array. */
const cast = ({ columns }: TableDefinition, column: string): string => {
  const type = sqlType(columns[column]!);
  if (type === 'jsonb') return `nullif(v.${column}, 'null')`;
  if (type === 'json') return `CASE WHEN json_typeof(v.${column}) <> 'null' THEN v.${column} END`;
  return type.endsWith('[]') ? `v.${column}::${type}` : `v.${column}`;
};

/** The values of columns as rows named `v`. JSON is one document for each column, so that nothing of it has to be quoted. */
const given = ({ columns }: TableDefinition, names: readonly string[]): string => {
  const lists = names.map((name, index) => {
    const type = sqlType(columns[name]!);
    if (isJsonType(columns[name]!)) return `${type}_array_elements($${index + 1}::${type})`;
    return `unnest($${index + 1}::${type.endsWith('[]') ? 'text' : type}[])`;
  });
  return `ROWS FROM (${lists.join(', ')}) AS v(${names.join(', ')})`;
};

const columnTexts = ({ columns }: TableDefinition, names: readonly string[], rows: readonly Values[]): string[] =>
  names.map((name) => {
    const type = sqlType(columns[name]!);
    const values = rows.map((row) => row[name] ?? null);
    if (isJsonType(columns[name]!)) return jsonText(values);
    return arrayText(values, type.endsWith('[]') ? innerArrayText : undefined);
  });

/** What holds no bigint is not copied to be written: JSON says so of itself. */
const jsonText = (values: readonly unknown[]): string => {
  try {
    return JSON.stringify(values);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(toJson(values));
  }
};
