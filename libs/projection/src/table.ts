/** Postgres types that read models use; a `?` behind the name lets the column be null. */
export interface ColumnTypes {
  text: string;
  integer: number;
  bigint: bigint;
  numeric: string;
  boolean: boolean;
  date: string;
  timestamptz: string;
  uuid: string;
  jsonb: unknown;
  /** Kept as the text that it is: half as dear to write, for what is only told again. */
  json: unknown;
  'text[]': readonly (string | null)[];
  'integer[]': readonly number[];
  'bigint[]': readonly bigint[];
  'timestamptz[]': readonly string[];
}

export type ColumnType = keyof ColumnTypes | `${keyof ColumnTypes}?`;

export interface TableDefinition<Columns extends Record<string, ColumnType> = Record<string, ColumnType>> {
  readonly name: string;
  readonly columns: Columns;
  readonly key: readonly (keyof Columns & string)[];
  /** Each a column list as SQL has it, sort directions included; of some rows alone, with what these are. */
  readonly indexes?: readonly (string | { readonly on: string; readonly where: string })[];
  /** JSON columns that are looked into by `@>`. */
  readonly containment?: readonly (keyof Columns & string)[];
  /** An instant by whose month (UTC) rows are kept apart, each month in a partition that is made when its first row comes. */
  readonly months?: keyof Columns & string;
  /** How full pages are made, in percent: room for changes of rows in place. */
  readonly fillfactor?: number;
  /** Who may read, beside the tenant's own: a condition on the row. */
  readonly alsoVisible?: string;
}

type ColumnValue<Type extends ColumnType> = Type extends `${infer Base extends keyof ColumnTypes}?`
  ? ColumnTypes[Base] | null
  : Type extends keyof ColumnTypes
    ? ColumnTypes[Type]
    : never;

export type Row<Table extends TableDefinition> = {
  readonly [Column in keyof Table['columns']]: ColumnValue<Table['columns'][Column]>;
};

export type KeyOf<Table extends TableDefinition> = Pick<Row<Table>, Table['key'][number]>;
export type Changes<Table extends TableDefinition> = Partial<Omit<Row<Table>, Table['key'][number]>>;

/** Every table has a `tenant_id`: its rows are seen by that tenant alone. */
export const table = <
  const Columns extends { readonly tenant_id: 'text' } & Record<string, ColumnType>,
  const Key extends readonly (keyof Columns & string)[],
>(
  definition: TableDefinition<Columns> & { readonly key: Key },
) => definition;

export const sqlType = (type: ColumnType): string => type.replace('?', '');

export const isJsonType = (type: ColumnType): boolean => sqlType(type).startsWith('json');
