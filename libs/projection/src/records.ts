import { Decimal, money, type Instant, type LocalDate, type Money } from '#kernel';
import { sqlType, type ColumnType, type Row, type TableDefinition } from './table.js';

/** `issue_date` → `issueDate`. */
type FieldOf<Column extends string> = Column extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<FieldOf<Tail>>}`
  : Column;

interface FieldTypes {
  text: string;
  integer: number;
  bigint: never;
  numeric: Decimal;
  boolean: boolean;
  date: LocalDate;
  timestamptz: Instant;
  uuid: string;
  jsonb: NonNullable<unknown>;
  json: NonNullable<unknown>;
}

type FieldValue<Type, Numeric> = Type extends `${infer Base extends keyof FieldTypes}?`
  ? FieldValue<Base, Numeric> | null
  : Type extends 'numeric'
    ? Numeric
    : Type extends keyof FieldTypes
      ? FieldTypes[Type]
      : never;

type Recorded<Columns, Without> = {
  [Column in Exclude<keyof Columns & string, Without | 'tenant_id'>]: Columns[Column] extends 'bigint' | 'bigint?'
    ? never
    : Column;
}[Exclude<keyof Columns & string, Without | 'tenant_id'>];

/** What a table says of each field of its record: the names and types that follow from its columns. */
export type RecordOf<Table extends TableDefinition, Without = never> = {
  readonly [Column in Recorded<Table['columns'], Without> as FieldOf<Column>]: FieldValue<
    Table['columns'][Column],
    Table['columns'] extends { readonly currency: 'text' } ? Money : Decimal
  >;
};

/** A record may say more exactly what a text or JSON is; it has the same fields, and null where they may be null. */
type Fitting<Told, Wanted> = Told & {
  readonly [Field in keyof Wanted]: Field extends keyof Told
    ? null extends Told[Field]
      ? null extends Wanted[Field]
        ? unknown
        : never
      : unknown
    : never;
};

interface Records<Table extends TableDefinition, Told> {
  as: <Wanted extends Fitting<Told, Wanted>>() => (row: Row<Table>) => Wanted;
}

/**
 * Makes records of rows: each column is the field of its name. Amounts of a table with a currency are money in minor units. The tenant,
 * and places in the log (`bigint`), are no part of a record, nor are the columns that are named.
 */
export const recordsOf = <const Table extends TableDefinition, const Without extends keyof Table['columns'] = never>(
  table: Table,
  ...without: readonly Without[]
): Records<Table, RecordOf<Table, Without>> => {
  const isMoney = 'currency' in table.columns;
  const fields = Object.entries(table.columns)
    .filter(([column, type]) => column !== 'tenant_id' && sqlType(type) !== 'bigint')
    .filter(([column]) => !without.some((name) => name === column))
    .map(([column, type]) => ({ column, field: fieldOf(column), read: readerOf(type, isMoney) }));
  const recordOf = (row: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const record: Record<string, unknown> = {};
    for (const { column, field, read } of fields) {
      const value = row[column];
      record[field] = read === null || value === null ? value : read(value as string, row['currency'] as string);
    }
    return record;
  };
  return { as: <Wanted>() => recordOf as unknown as (row: Row<Table>) => Wanted };
};

const fieldOf = (column: string): string => column.replaceAll(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());

/** How a value is read that is not what it is told as; null where it is. */
const readerOf = (
  type: ColumnType,
  isMoney: boolean,
): ((value: string, currency: string) => Money | Decimal) | null => {
  if (sqlType(type) !== 'numeric') return null;
  return isMoney ? (value, currency) => money(BigInt(value), currency) : (value) => Decimal.parse(value);
};
