import { refuseAt, type TenantId } from '#kernel';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { TenantTransactions } from './tenant-transactions.js';

/** Writes SQL; never connects: statements run in transactions that are bound to a tenant. */
const builder = new DataSource({ type: 'postgres' });

/** A select on a table, under the alias `t`. */
export const selectFrom = (table: string, schema: 'read' | 'ops' = 'read'): SelectQueryBuilder<Record<string, never>> =>
  builder.createQueryBuilder().select('t.*').from<Record<string, never>>(`${schema}.${table}`, 't');

/** Of the conditions, those whose field the filter names; in a condition, the field is its parameter. */
export const where = <Filter extends object>(
  query: SelectQueryBuilder<Record<string, never>>,
  conditions: { readonly [Field in keyof Filter]-?: string },
  filter: Filter,
): SelectQueryBuilder<Record<string, never>> => {
  for (const [field, condition] of Object.entries<string>(conditions)) {
    const wanted = filter[field as keyof Filter];
    if (wanted !== undefined) query.andWhere(condition, { [field]: wanted });
  }
  return query;
};

export interface PageRequest {
  readonly limit: number;
  /** Opaque cursors of an earlier answer. */
  readonly after?: string;
  readonly before?: string;
  /** A field of the list's orders, with `-` for downwards; the newest first where there is none. */
  readonly sort?: string;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** What a list can be sorted by. */
export interface Order {
  /** SQL on the alias `t` that is never null: rows without a value would fall between two pages. */
  readonly by: string;
  readonly type: 'text' | 'date' | 'timestamptz' | 'numeric';
}

/** By the number of a document; what has none yet stands behind all that has. */
export const NUMBER_LAST: Order = { by: `coalesce(t.number, U&'\\FFFF') COLLATE "C"`, type: 'text' };

/** By the field that a caller names. */
export type Orders = Readonly<Record<string, Order>>;

/** By a column that orders all rows of the tenant; pages stay put while rows are added. */
export const page = <Row extends Record<string, unknown>>(
  database: TenantTransactions,
  tenantId: TenantId,
  query: SelectQueryBuilder<Record<string, never>>,
  column: keyof Row & string,
  request: PageRequest,
  orders: Orders = {},
): Promise<Page<Row>> =>
  pageOf(
    (text, values) => database.rows<Row>(tenantId, text, values),
    query.andWhere('t.tenant_id = :tenantId', { tenantId }),
    column,
    request,
    orders,
  );

/** The same of rows that belong to no single tenant. */
export const pageOf = async <Row extends Record<string, unknown>>(
  rowsOf: (text: string, values: unknown[]) => Promise<Row[]>,
  query: SelectQueryBuilder<Record<string, never>>,
  column: keyof Row & string,
  { limit, after, before, sort }: PageRequest,
  orders: Orders = {},
): Promise<Page<Row>> => {
  const backwards = after === undefined && before !== undefined;
  const cursor = after ?? before;
  const sorting = sortingBy(sort, orders, column);
  const down = sorting.down !== backwards;
  if (cursor !== undefined) {
    const sought = sorting.read(cursor) ?? invalidCursor(backwards ? 'before' : 'after');
    query.andWhere(`${sorting.place} ${down ? '<' : '>'} ${sorting.soughtPlace}`, sought);
  }
  if (sorting.key !== undefined) query.addSelect(`(${sorting.key})::text`, SORT_KEY);
  const [text, values] = query.getQueryAndParameters();
  const order = sorting.order.map((part) => `${part} ${down ? 'DESC' : 'ASC'}`).join(', ');
  const found = await rowsOf(`${text} ORDER BY ${order} LIMIT ${limit + 1}`, values);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  return {
    rows,
    next: last && (backwards || more) ? sorting.cursorOf(last) : null,
    previous: first && (backwards ? more : cursor !== undefined) ? sorting.cursorOf(first) : null,
  };
};

const SORT_KEY = 'list_sort_key';

interface Sorting {
  readonly down: boolean;
  /** What beside the column orders the rows; read along, so that it can stand in a cursor. */
  readonly key?: string;
  readonly order: readonly string[];
  readonly place: string;
  readonly soughtPlace: string;
  readonly cursorOf: (row: Record<string, unknown>) => string;
  /** Undefined if it is no cursor of this order. */
  readonly read: (cursor: string) => Record<string, unknown> | undefined;
}

const sortingBy = (sort: string | undefined, orders: Orders, column: string): Sorting => {
  const field = sort?.replace(/^-/, '');
  const order = field === undefined ? undefined : orders[field];
  return order && sort !== undefined ? sortedBy(sort, order, column) : byColumn(column);
};

const byColumn = (column: string): Sorting => ({
  down: true,
  order: [`t.${column}`],
  place: `t.${column}`,
  soughtPlace: ':cursor',
  cursorOf: (row) => encoded(String(row[column])),
  read: (cursor) => {
    const position = positionIn(decoded(cursor));
    return position === undefined ? undefined : { cursor: position };
  },
});

/** Equal values are told apart by the column, so that every row has one place. */
const sortedBy = (sort: string, { by, type }: Order, column: string): Sorting => ({
  down: sort.startsWith('-'),
  key: by,
  order: [by, `t.${column}`],
  place: `(${by}, t.${column})`,
  soughtPlace: `(CAST(:cursorKey AS ${type}), CAST(:cursor AS bigint))`,
  cursorOf: (row) => encoded(JSON.stringify([sort, row[SORT_KEY], String(row[column])])),
  read: (cursor) => {
    const [of, cursorKey, place] = partsIn(decoded(cursor));
    const position = positionIn(place);
    const belongs = of === sort && cursorKey !== undefined && LOOKS_LIKE[type].test(cursorKey);
    return belongs && position !== undefined ? { cursorKey, cursor: position } : undefined;
  },
});

/** As Postgres writes them: what a caller made up must not reach a cast. */
const LOOKS_LIKE: Readonly<Record<Order['type'], RegExp>> = {
  text: /^[^\0]*$/u,
  date: /^(?:infinity|\d{4}-\d\d-\d\d)$/u,
  timestamptz: /^(?:infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)$/u,
  numeric: /^-?\d{1,60}(?:\.\d{1,20})?$/u,
};

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

const decoded = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

const partsIn = (text: string): readonly (string | undefined)[] => {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
};

const positionIn = (text: string | undefined): bigint | undefined =>
  text !== undefined && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;

const invalidCursor = (parameter: string): never =>
  refuseAt(`/${parameter}`, 'invalid_cursor', 'This is not a cursor that a list gave out in this order.', 'invalid');
